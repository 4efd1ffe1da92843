import DataLoader from 'dataloader';

/** As many as one statement asks for, where nothing else is said; more are several statements. */
const MOST_TOGETHER = 100;

/** So many statements of one look-up are under way at most; what comes meanwhile goes together in the next. */
const MOST_UNDER_WAY = 2;

/**
 * A look-up that is asked all day, for many requests at once: what comes in one turn of the event loop goes to the
 * database in one statement, and while one is under way the next waits until as many have come as are in that one.
 * At rest that costs a turn; under load it saves most of what a look-up costs, here and in the database, and the busier
 * it is, the more.
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
  const starts: (() => void)[] = [];
  let waiting = 0;
  let underWay = 0;
  let statements = 0;
  let looksSoon = false;

  const batches = new DataLoader<Question, Answer | undefined>(ask, {
    cache: false,
    maxBatchSize: mostTogether,
    batchScheduleFn: (start) => starts.push(start),
  });
  return (question) => {
    waiting += 1;
    const answer = batches.load(question);
    if (!looksSoon && isTimeForNext()) {
      looksSoon = true;
      setImmediate(() => {
        looksSoon = false;
        startNext();
      });
    }
    return answer;
  };

  function isTimeForNext(): boolean {
    return statements < MOST_UNDER_WAY && waiting >= underWay;
  }

  function startNext(): void {
    while (starts.length > 0 && isTimeForNext()) starts.shift()?.();
  }

  async function ask(questions: readonly Question[]): Promise<(Answer | undefined)[]> {
    waiting -= questions.length;
    underWay += questions.length;
    statements += 1;
    try {
      return await find(questions);
    } finally {
      underWay -= questions.length;
      statements -= 1;
      startNext();
    }
  }
}
