import { PurchaseFailedError, PurchasePendingError, RefusalError, TalkturoError } from '../index.ts';
import { EXIT, type ExitCode, exitCodeOf } from './exit-codes.ts';

/** Why a command ends badly: one sentence, and what to do. */
export class Failure extends Error {
  readonly exitCode: ExitCode;
  /** Stable, like the codes of the API. */
  readonly code: string;
  /** A command or a sentence that helps. */
  readonly hint: string | undefined;

  constructor(exitCode: ExitCode, code: string, sentence: string, hint?: string) {
    super(sentence);
    this.exitCode = exitCode;
    this.code = code;
    this.hint = hint;
  }
}

/** What was typed does not make sense, or lacks a yes. */
export function usageFailure(sentence: string, hint?: string): Failure {
  return new Failure(EXIT.usage, 'usage', sentence, hint);
}

export function interrupted(sentence = 'Stopped.', hint?: string): Failure {
  return new Failure(EXIT.interrupted, 'interrupted', sentence, hint);
}

/** What is told of an error, to a person or as JSON. */
export interface FailureReport {
  success: false;
  error: string;
  code: string;
  exit_code: ExitCode;
  hint?: string;
  request_id?: string;
  issues?: unknown;
  idempotency_key?: string;
}

export function reportOf(error: unknown): FailureReport {
  if (error instanceof Failure) {
    const { message, code, exitCode, hint } = error;
    return { success: false, error: message, code, exit_code: exitCode, ...(hint && { hint }) };
  }
  const hint = hintFor(error);
  return {
    success: false,
    error: sentenceOf(error),
    code: codeOf(error),
    exit_code: exitCodeOf(error),
    ...(hint && { hint }),
    ...(error instanceof RefusalError && { request_id: error.requestId }),
    ...(error instanceof RefusalError && error.issues && { issues: error.issues }),
    ...(error instanceof TalkturoError && error.idempotencyKey && { idempotency_key: error.idempotencyKey }),
  };
}

/** The library speaks of its options, which are not those of the command line. */
function sentenceOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text
    .replaceAll(/\bbaseUrl\b/g, 'the base URL')
    .replace(/: look later with phoneNumbers\.get\(.*$/, '.');
}

function codeOf(error: unknown): string {
  if (error instanceof RefusalError) return error.code;
  if (!(error instanceof TalkturoError)) return 'failed';
  return error.name
    .replace(/Error$/, '')
    .replace(/(?<=[a-z])[A-Z]/g, '_$&')
    .toLowerCase();
}

function hintFor(error: unknown): string | undefined {
  if (error instanceof PurchasePendingError)
    return `talkturo numbers watch ${error.phoneNumber.phone_number}`;
  if (error instanceof PurchaseFailedError)
    return `Why: talkturo events tail --once --subject ${error.phoneNumber.id}`;
  const code = codeOf(error);
  if (code === 'unauthorized')
    return 'talkturo doctor says which key was used; talkturo login takes another one.';
  if (['connection', 'timeout', 'unexpected_response'].includes(code)) {
    return 'talkturo doctor says where it looked, and what is wrong there.';
  }
  if (code === 'assistant_in_use') return 'With --force it is deleted all the same, and they lose it.';
  return undefined;
}
