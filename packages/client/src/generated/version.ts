// Written by `npm run generate` from the server’s own description. Do not edit.

/** Of the API that this client was made for. */
export const API_VERSION: string = '0.1.0';
