/** What every error of this client is. */
export class TalkturoError extends Error {
  override readonly name: string = 'TalkturoError';
  /** The key that the request went with: repeat it with the same one, and nothing is bought twice. */
  idempotencyKey?: string;
}

/** A slot in a plan: how many are held, how many there are. */
export interface Eligibility {
  currentCount: number;
  maxAllowed: number;
  hasSubscription: boolean;
  planName: string;
}

/** One thing that is wrong with a request: where, and what is wanted there. */
export interface Issue {
  path: string;
  message: string;
  /** Where one request can be wrong in several ways: the code that this one alone would have had. */
  code?: string;
  /** The assistant that stands in the way. */
  assistant?: { id: string; name: string };
}

export interface RefusalDetails {
  status: number;
  code: string;
  requestId: string;
  eligibility?: Eligibility;
  issues?: Issue[];
  retryAfter?: number;
  /** The answer as it came. */
  body: Readonly<Record<string, unknown>>;
}

/** The server said no. Each code has a class of its own below this one; the message is the server's sentence. */
export class RefusalError extends TalkturoError {
  override readonly name: string = 'RefusalError';
  readonly status: number;
  /** Stable: branch on this, or on the class. */
  readonly code: string;
  /** By this the operators find the request in their log. */
  readonly requestId: string;
  /** With `plan_limit_reached` and `trial_already_used`. */
  readonly eligibility: Eligibility | undefined;
  /** With `invalid_request`: what is wrong where. */
  readonly issues: Issue[] | undefined;
  /** Where waiting helps: after how many seconds. */
  readonly retryAfter: number | undefined;
  /** The answer as it came: some codes have more fields than those above. */
  readonly body: Readonly<Record<string, unknown>>;

  constructor(sentence: string, details: RefusalDetails) {
    super(sentence);
    this.status = details.status;
    this.code = details.code;
    this.requestId = details.requestId;
    this.eligibility = details.eligibility;
    this.issues = details.issues;
    this.retryAfter = details.retryAfter;
    this.body = details.body;
  }
}

/** No answer came, or not to its end: nothing listens there, or the connection broke. */
export class ConnectionError extends TalkturoError {
  override readonly name = 'ConnectionError';
}

/** No answer came in time. What was asked may have been done all the same. */
export class TimeoutError extends TalkturoError {
  override readonly name: string = 'TimeoutError';
}

/** Something answered that is not this API: a proxy, or another server. */
export class UnexpectedResponseError extends TalkturoError {
  override readonly name = 'UnexpectedResponseError';
  readonly status: number;
  readonly retryAfter: number | undefined;

  constructor(sentence: string, { status, retryAfter }: { status: number; retryAfter?: number }) {
    super(sentence);
    this.status = status;
    this.retryAfter = retryAfter;
  }
}
