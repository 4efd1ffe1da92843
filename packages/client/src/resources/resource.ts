import type { Call } from '../call.ts';

/** Fields of which the team's id may be left out, where the client has one. */
export type TeamOptional<Fields> = Fields extends unknown
  ? Omit<Fields, 'teamId'> & { teamId?: string | undefined }
  : never;

/** A part of the API. */
export abstract class Resource {
  protected readonly call: Call;
  readonly #teamId: string | undefined;

  constructor(call: Call, teamId: string | undefined) {
    this.call = call;
    this.#teamId = teamId;
  }

  /** With the client's team where none is named. Where neither is there, the API says so. */
  protected withTeam<Fields>(fields: TeamOptional<Fields>): Fields {
    return { ...fields, teamId: fields.teamId ?? this.#teamId } as Fields;
  }
}
