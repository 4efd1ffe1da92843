import DataLoader from 'dataloader';

/** As many as one statement asks for: more in a turn are several statements. */
const MAX_TOGETHER = 100;

/**
 * A look-up that is asked all day, for many requests at once: what comes in during one turn of the event loop goes to
 * the database in one statement. Under load that is most of the cost of a look-up; at rest it is one turn later.
 *
 * Nothing is remembered: the statement starts after each of its requests has come, so that every answer is as of now.
 *
 * @param find the answers in the order of the questions
 */
export function askTogether<Question, Answer>(
  find: (questions: readonly Question[]) => Promise<(Answer | undefined)[]>,
): (question: Question) => Promise<Answer | undefined> {
  const loader = new DataLoader<Question, Answer | undefined>(find, {
    cache: false,
    maxBatchSize: MAX_TOGETHER,
    batchScheduleFn: setImmediate,
  });
  return (question) => loader.load(question);
}
