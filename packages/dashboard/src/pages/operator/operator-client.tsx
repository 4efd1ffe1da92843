import { Talkturo, UnauthorizedError } from '@talkturo/client';
import { createContext, useContext } from 'react';

type Operator = Talkturo['operator'];

/** The first part of the key of everything that the operator sees; the token itself is in none. */
export const OPERATOR_KEY = 'operator';

/** The server does not take the token. No {@link UnauthorizedError}: that would mean that the person is signed out. */
export class WrongToken extends Error {}

/** Asks the server with a token. */
export type AskAsOperator = <Answer>(ask: (operator: Operator) => Promise<Answer>) => Promise<Answer>;

/** @param onWrong called when the server does not take the token, or no longer */
export function askWith(token: string, onWrong: () => void): AskAsOperator {
  const { operator } = new Talkturo({ operatorToken: token, maxRetries: 1 });
  return async (ask) => {
    try {
      return await ask(operator);
    } catch (error) {
      if (!(error instanceof UnauthorizedError)) throw error;
      onWrong();
      throw new WrongToken();
    }
  };
}

export const OperatorContext = createContext<AskAsOperator | null>(null);

export function useOperator(): AskAsOperator {
  const ask = useContext(OperatorContext);
  if (!ask) throw new Error('a view of the operator is shown without a token');
  return ask;
}
