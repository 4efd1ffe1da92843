import DataLoader from 'dataloader';

/** As many as one statement asks for, where nothing else is said; more are several statements. */
const MOST_TOGETHER = 100;

/** So many statements of one look-up are under way at most; what comes meanwhile goes together in the next. */
const MOST_UNDER_WAY = 2;

/**
 * A look-up that is asked all day, for many requests at once: what comes in one turn of the event loop, or while
 * enough statements are under way, goes to the database in one statement. At rest that costs a turn; under load it
 * saves most of what a look-up costs, here and in the database, and the busier it is, the more.
 *
 * Nothing is remembered: a statement starts after each of its requests has come, so that every answer is as of now.
 *
 * @param find the answers in the order of the questions
 * @param mostTogether fewer where answers are large: they wait for each other
 */
export function askTogether<Question, Answer>(
  find: (questions: readonly Question[]) => Promise<(Answer | undefined)[]>,
  mostTogether = MOST_TOGETHER,
): (question: Question) => Promise<Answer | undefined> {
  const waiting: (() => void)[] = [];
  let underWay = 0;

  const batches = new DataLoader<Question, Answer | undefined>(
    (questions) =>
      find(questions).finally(() => {
        underWay -= 1;
        startNext();
      }),
    {
      cache: false,
      maxBatchSize: mostTogether,
      batchScheduleFn: (start) => {
        waiting.push(start);
        setImmediate(startNext);
      },
    },
  );
  return (question) => batches.load(question);

  function startNext(): void {
    if (underWay >= MOST_UNDER_WAY) return;
    const start = waiting.shift();
    if (!start) return;
    underWay += 1;
    start();
  }
}
