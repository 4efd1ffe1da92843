/** Carrier error codes that the simulator answers with, and what it says about them. */
const ERRORS = {
  '10005': { status: 404, title: 'Resource not found', detail: 'There is nothing here under this address.' },
  '10007': {
    status: 500,
    title: 'Unexpected error',
    detail: 'Something went wrong on the side of the carrier.',
  },
  '10009': { status: 401, title: 'Authentication failed', detail: 'The API key is missing or not accepted.' },
  '10011': { status: 429, title: 'Too many requests', detail: 'The limit on requests has been reached.' },
  '10014': { status: 415, title: 'Unsupported media type', detail: 'The body must be application/json.' },
  '10015': { status: 400, title: 'Bad request', detail: 'The request is not well-formed.' },
  '10016': {
    status: 422,
    title: 'Phone number must be in +E.164 format',
    detail: 'Write it as + and digits.',
  },
  '10027': { status: 422, title: 'Unprocessable entity', detail: 'The request cannot be carried out.' },
  '20100': { status: 403, title: 'Insufficient funds', detail: 'The balance does not cover this order.' },
  '85000': {
    status: 422,
    title: 'Must search for the phone number first',
    detail: 'No recent search has returned this number.',
  },
  '85001': { status: 422, title: 'Phone number not available', detail: 'This number cannot be ordered now.' },
  '85004': { status: 422, title: 'Invalid connection id', detail: 'There is no connection with this id.' },
} as const;

export type CarrierErrorCode = keyof typeof ERRORS;

export interface CarrierErrorDetails {
  detail?: string;
  /** HTTP status where it differs from the usual one of the code. */
  status?: number;
  /** JSON pointer into the body. */
  pointer?: string;
  /** Name of a query parameter. */
  parameter?: string;
  headers?: Record<string, string>;
}

/** An answer in the carrier's error envelope. */
export class CarrierError extends Error {
  readonly code: CarrierErrorCode;
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly source: { pointer?: string; parameter?: string } | undefined;

  constructor(code: CarrierErrorCode, details: CarrierErrorDetails = {}) {
    super(details.detail ?? ERRORS[code].detail);
    this.name = 'CarrierError';
    this.code = code;
    this.status = details.status ?? ERRORS[code].status;
    this.headers = details.headers ?? {};
    const { pointer, parameter } = details;
    if (pointer !== undefined) this.source = { pointer };
    else if (parameter !== undefined) this.source = { parameter };
  }

  /** The body: `{errors: [{code, title, detail, source?, meta}]}`. */
  toBody(): { errors: Record<string, unknown>[] } {
    const { code, message: detail, source } = this;
    const meta = { url: `https://developers.telnyx.com/docs/overview/errors/${code}` };
    return { errors: [{ code, title: ERRORS[code].title, detail, ...(source ? { source } : {}), meta }] };
  }
}

/** The answer never reaches the client: its connection is closed instead. */
export class LostAnswer extends Error {
  constructor() {
    super('The simulator closes this connection without an answer.');
    this.name = 'LostAnswer';
  }
}
