import { and, asc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { events, teamInvitations, teamMembers } from '../../src/db/schema.ts';
import { DATABASE_KINDS } from '../support/databases.ts';
import { mailsOut } from '../support/people.ts';
import { call, newKey, newTeam, type Service, startService, type TeamWithKey } from '../support/service.ts';
import { newMember, newPerson, type SignedIn, sessionsByCookie } from '../support/signed-in-by-cookie.ts';
import { expectInvalid, expectRefusal } from './expectations.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

describe.each(DATABASE_KINDS)('invitations on %s', (kind) => {
  let service: Service;
  let team: TeamWithKey;
  let owner: SignedIn;
  let admin: SignedIn;
  let guest: SignedIn;

  beforeAll(async () => {
    service = await startService({
      kind,
      findSession: sessionsByCookie,
      environment: { PUBLIC_URL: 'https://numbers.example.com/' },
    });
  });
  afterAll(() => service.stop());
  beforeEach(async () => {
    team = await newTeam(service);
    owner = await newMember(service, team.teamId, 'owner');
    admin = await newMember(service, team.teamId, 'admin');
    guest = await newPerson(service);
    service.mails.length = 0;
  });

  const url = () => `/api/teams/${team.teamId}/invitations`;

  /** The answer to an invitation, once its mail is out: mails go after the answer. */
  const invite = async (email: unknown, role: unknown = 'member', by = admin) => {
    const answer = await call(service, 'POST', url(), { headers: by.headers, body: { email, role } });
    await mailsOut(service);
    return answer;
  };

  const listed = async () => (await call(service, 'GET', url(), { headers: admin.headers })).body.invitations;

  const accept = (token: string, who = guest) =>
    call(service, 'POST', '/api/invitations/accept', { headers: who.headers, body: { token } });

  /** Where the team is free, it has a slot for its owner. */
  const tokenInLastMail = () => {
    const [, token] = /accept\?token=(invite_\w+)$/m.exec(service.mails.at(-1)?.text ?? '') ?? [];
    if (token === undefined) throw new Error('no mail with a token in it');
    return token;
  };

  const invited = async (role = 'member', by = admin) => {
    const { status, body } = await invite(guest.email, role, by);
    expect(status).toBe(201);
    return { id: body.invitation.id as string, token: tokenInLastMail() };
  };

  const told = (type: string) =>
    service.app.context.db
      .select()
      .from(events)
      .where(and(eq(events.teamId, team.teamId), eq(events.type, type)))
      .orderBy(asc(events.id));

  it('go out by mail, and their token by nothing else', async () => {
    const answer = await invite('New.Person@Example.com', 'admin');
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({
      success: true,
      invitation: {
        id: expect.stringMatching(/^inv_[0-9a-z]{26}$/),
        email: 'new.person@example.com',
        role: 'admin',
        invited_by: { id: admin.userId, email: admin.email, name: expect.stringMatching(/^Person/) },
        expires_at: `${new Date(service.clock.now().getTime() + 7 * DAY_MS).toISOString().slice(0, 19)}Z`,
        created_at: `${service.clock.now().toISOString().slice(0, 19)}Z`,
      },
    });
    expect(service.mails).toHaveLength(1);
    const [mail] = service.mails;
    const token = tokenInLastMail();
    expect(mail).toMatchObject({ to: 'new.person@example.com', subject: 'Invitation to a team' });
    expect(mail?.text).toContain(`\nhttps://numbers.example.com/invitations/accept?token=${token}\n`);
    expect(mail?.text).toContain(`{"token":"${token}"}`);
    expect(mail?.text).toContain(admin.email);

    expect(await listed()).toEqual([answer.body.invitation]);
    const rows = await service.app.context.db.select().from(teamInvitations);
    const written = JSON.stringify([rows, await service.app.context.db.select().from(events)]);
    expect(written).not.toContain(token);
    expect(written).not.toContain(token.slice(7));
    expect(await told('invitation.created')).toMatchObject([
      {
        subject: answer.body.invitation.id,
        actorType: 'person',
        actorId: admin.userId,
        after: { email: 'new.person@example.com', role: 'admin' },
      },
    ]);
  });

  it('make whoever accepts a member', async () => {
    const { id, token } = await invited('admin');
    const answer = await accept(token);
    expect(answer.status).toBe(200);
    expect(answer.body.team).toMatchObject({ id: team.teamId, role: 'admin' });
    expect(await listed()).toEqual([]);
    const teams = await call(service, 'GET', '/api/teams', { headers: guest.headers });
    expect(teams.body.teams).toMatchObject([{ id: team.teamId, role: 'admin' }]);
    expect(await told('member.added')).toMatchObject([
      {
        subject: guest.userId,
        actorType: 'person',
        actorId: guest.userId,
        before: null,
        after: { role: 'admin' },
        data: { invitation_id: id, email: guest.email },
      },
    ]);
  });

  it('are for one address, and tell others nothing but that', async () => {
    const { id, token } = await invited();
    const other = await newPerson(service);
    expectRefusal(await accept(token, other), 403, 'invitation_for_another');
    await accept(token);
    expectRefusal(await accept(token, other), 403, 'invitation_for_another');
    expect(await told('invitation.refused')).toMatchObject([
      { subject: id, actorId: other.userId, data: { email: guest.email, reason: 'invitation_for_another' } },
      { subject: id, actorId: other.userId, data: { reason: 'invitation_for_another' } },
    ]);
    expect(JSON.stringify(await told('invitation.refused'))).not.toContain(token);
  });

  it('are used once', async () => {
    const { token } = await invited();
    expect((await accept(token)).status).toBe(200);
    expectRefusal(await accept(token), 409, 'invitation_used');
    // Not after leaving either.
    await call(service, 'POST', `/api/teams/${team.teamId}/leave`, { headers: guest.headers });
    expectRefusal(await accept(token), 409, 'invitation_used');
    expect((await told('invitation.refused')).map(({ data }) => data)).toMatchObject([
      { reason: 'invitation_used' },
      { reason: 'invitation_used' },
    ]);
  });

  it('end after seven days', async () => {
    const { token } = await invited();
    service.clock.advance(7 * DAY_MS - 1);
    const early = await invited();
    expect(early.token).not.toBe(token);
    service.clock.advance(7 * DAY_MS - 1);
    expectRefusal(await accept(token), 409, 'invitation_expired');
    expect((await accept(early.token)).status).toBe(200);
    const late = await newPerson(service);
    await invite(late.email);
    const lateToken = tokenInLastMail();
    service.clock.advance(7 * DAY_MS);
    expectRefusal(await accept(lateToken, late), 409, 'invitation_expired');
  });

  it('take the place of an open one for the same address', async () => {
    const first = await invited('admin');
    const second = await invited('member');
    expect((await listed()).map(({ id }: { id: string }) => id)).toEqual([second.id]);
    expectRefusal(await accept(first.token), 409, 'invitation_expired');
    expect((await accept(second.token)).body.team.role).toBe('member');
    expect(await told('invitation.revoked')).toMatchObject([
      { subject: first.id, before: { email: guest.email, role: 'admin' } },
    ]);
  });

  it('are taken back, once, and by their team only', async () => {
    const { id, token } = await invited();
    const other = await newMember(service, (await newTeam(service)).teamId, 'owner');
    const otherTeam = (await call(service, 'GET', '/api/teams', { headers: other.headers })).body.teams[0].id;
    const revoke = (of: string, by: SignedIn) =>
      call(service, 'DELETE', `/api/teams/${of}/invitations/${id}`, { headers: by.headers });
    expectRefusal(await revoke(otherTeam, other), 404, 'not_found');
    expect((await revoke(team.teamId, admin)).body).toEqual({ success: true });
    expectRefusal(await revoke(team.teamId, admin), 404, 'not_found');
    expectRefusal(await accept(token), 409, 'invitation_expired');
    expect(await told('invitation.revoked')).toMatchObject([{ subject: id, actorId: admin.userId }]);
  });

  it('that were accepted cannot be taken back', async () => {
    const { id, token } = await invited();
    await accept(token);
    const answer = await call(service, 'DELETE', `${url()}/${id}`, { headers: admin.headers });
    expectRefusal(answer, 404, 'not_found');
  });

  it('are not for those who are in the team', async () => {
    const answer = await invite(owner.email.toUpperCase());
    expectRefusal(answer, 409, 'already_member');
    expect(service.mails).toEqual([]);
    const { token } = await invited();
    const { db, clock } = service.app.context;
    await db
      .insert(teamMembers)
      .values({ teamId: team.teamId, userId: guest.userId, role: 'member', createdAt: clock.now() });
    expectRefusal(await accept(token), 409, 'already_member');
  });

  it('are to become owner from owners only', async () => {
    expectRefusal(await invite(guest.email, 'owner', admin), 403, 'forbidden');
    expect(service.mails).toEqual([]);
    const { token } = await invited('owner', owner);
    expect((await accept(token)).body.team.role).toBe('owner');
  });

  it('to own a Free team are for those who have room for one', async () => {
    team = await newTeam(service, { plan: 'free' });
    owner = await newMember(service, team.teamId, 'owner');
    admin = owner;
    const makeTeam = () =>
      call(service, 'POST', '/api/teams', { headers: guest.headers, body: { name: 'Own' } });
    const { body } = await makeTeam();
    await makeTeam();
    await makeTeam();
    const { token } = await invited('owner', owner);
    expectRefusal(await accept(token), 403, 'team_limit_reached');
    await call(service, 'PATCH', `/api/teams/${body.team.id}`, {
      headers: guest.headers,
      body: { name: 'x' },
    });
    const { db } = service.app.context;
    await db
      .delete(teamMembers)
      .where(and(eq(teamMembers.teamId, body.team.id), eq(teamMembers.userId, guest.userId)));
    expect((await accept(token)).status).toBe(200);
  });

  it('that nobody made are not found', async () => {
    const { token } = await invited();
    for (const text of [`${token}x`, token.slice(0, -1), 'x', "' or 1=1 --"])
      expectRefusal(await accept(text), 404, 'not_found');
    expect(await told('invitation.refused')).toEqual([]);
  });

  it('stand also where the mail does not go out, and the log keeps the address to itself', async () => {
    const { context } = service.app;
    const { sendMail, log } = context;
    const lines: unknown[] = [];
    context.sendMail = async () => {
      throw new Error('no mail today');
    };
    context.log = { ...log, error: (fields, message) => lines.push({ fields, message }) };
    try {
      const answer = await invite(guest.email);
      expect(answer.status).toBe(201);
      await Promise.all(context.background);
      const { id } = answer.body.invitation;
      expect(lines).toMatchObject([
        {
          fields: { err: { message: 'no mail today' } },
          message: `the mail of the invitation ${id} was not sent`,
        },
      ]);
      expect(JSON.stringify(lines)).not.toContain(guest.email);
      expect(await listed()).toHaveLength(1);
    } finally {
      Object.assign(context, { sendMail, log });
    }
  });

  it('have no line in their mail that a name has made', async () => {
    await call(service, 'PATCH', `/api/teams/${team.teamId}`, {
      headers: admin.headers,
      body: { name: 'Nice\r\nBcc: all@example.com\u2028here' },
    });
    await invite(guest.email);
    const [mail] = service.mails;
    expect(mail?.text).toContain('the team "Nice Bcc: all@example.com here" at');
    expect(mail?.subject).not.toContain('Nice');
    expect(mail?.text).not.toMatch(/^Bcc/m);
  });

  it('come from keys too, in the name of nobody where the key has none', async () => {
    const key = await newKey(service, team.teamId, { createdByEmail: admin.email });
    const body = { email: guest.email, role: 'member' };
    const answer = await call(service, 'POST', url(), { token: key.token, body });
    expect(answer.body.invitation.invited_by).toMatchObject({ id: admin.userId });
    expect(await told('invitation.created')).toMatchObject([{ actorType: 'key', actorId: key.keyId }]);
  });

  it('are a hundred at a time, of which one may be replaced', async () => {
    const { db, newId, clock } = service.app.context;
    const open = Array.from({ length: 100 }, (_, i) => ({
      id: newId('inv'),
      teamId: team.teamId,
      email: `guest${i}@example.com`,
      role: 'member' as const,
      tokenHash: `${team.teamId}-${i}`,
      expiresAt: clock.now(),
      createdAt: clock.now(),
    }));
    await db.insert(teamInvitations).values(open);
    expectRefusal(await invite(guest.email), 409, 'invitation_limit_reached');
    expect((await invite('guest7@example.com')).status).toBe(201);
    expect(await listed()).toHaveLength(100);
  });

  it.each([
    ['email', undefined, /^is required: an e-mail address$/],
    ['email', 'nope', /^must be an e-mail address$/],
    ['email', `${'a'.repeat(250)}@example.com`, /^must be an e-mail address$/],
    ['role', undefined, /^is required: one of owner, admin, member$/],
    ['role', 'boss', /^must be one of owner, admin, member$/],
  ])('are not made with %s %j', async (path, value, message) => {
    const body = { email: guest.email, role: 'member', [path]: value };
    expectInvalid(await call(service, 'POST', url(), { headers: admin.headers, body }), path, message);
    expect(service.mails).toEqual([]);
  });

  if (kind === 'postgres')
    it('make one member where they are accepted many times at once', async () => {
      const { token } = await invited();
      const answers = await Promise.all(Array.from({ length: 6 }, () => accept(token)));
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409, 409]);
      expect(await told('member.added')).toHaveLength(1);
      expect(await told('invitation.refused')).toHaveLength(5);
    });

  if (kind === 'postgres')
    it('are one for an address that is invited many times at once', async () => {
      const answers = await Promise.all(Array.from({ length: 6 }, () => invite(guest.email)));
      expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(201));
      expect(await listed()).toHaveLength(1);
    });
});
