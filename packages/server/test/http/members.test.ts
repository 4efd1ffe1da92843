import { and, asc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { events, teamMembers } from '../../src/db/schema.ts';
import { changeRole as changeRoleNow } from '../../src/usecases/change-role.ts';
import type { Caller } from '../../src/usecases/context.ts';
import { createOwnApiKey } from '../../src/usecases/create-own-api-key.ts';
import { inviteMember } from '../../src/usecases/invite-member.ts';
import { removeMember } from '../../src/usecases/remove-member.ts';
import { revokeOwnApiKey } from '../../src/usecases/revoke-api-key.ts';
import { updateApiKey } from '../../src/usecases/update-api-key.ts';
import { updateTeam } from '../../src/usecases/update-team.ts';
import { DATABASE_KINDS } from '../support/databases.ts';
import { call, newKey, newTeam, type Service, startService, type TeamWithKey } from '../support/service.ts';
import { newMember, newPerson, type SignedIn, sessionsByCookie } from '../support/signed-in-by-cookie.ts';
import { expectInvalid, expectRefusal } from './expectations.ts';

describe.each(DATABASE_KINDS)('members on %s', (kind) => {
  let service: Service;
  let team: TeamWithKey;
  /** The only owner but for the one that the team was made with, who does nothing. */
  let owner: SignedIn;
  let admin: SignedIn;
  let member: SignedIn;

  beforeAll(async () => {
    service = await startService({ kind, findSession: sessionsByCookie });
  });
  afterAll(() => service.stop());
  beforeEach(async () => {
    team = await newTeam(service);
    owner = await newMember(service, team.teamId, 'owner');
    admin = await newMember(service, team.teamId, 'admin');
    member = await newMember(service, team.teamId, 'member');
  });

  const url = (who: SignedIn) => `/api/teams/${team.teamId}/members/${who.userId}`;

  const changeRole = (by: SignedIn, who: SignedIn, role: unknown) =>
    call(service, 'PATCH', url(who), { headers: by.headers, body: { role } });

  const remove = (by: SignedIn, who: SignedIn) => call(service, 'DELETE', url(who), { headers: by.headers });

  const leave = (who: SignedIn) =>
    call(service, 'POST', `/api/teams/${team.teamId}/leave`, { headers: who.headers });

  const membersNow = () =>
    service.app.context.db.select().from(teamMembers).where(eq(teamMembers.teamId, team.teamId));
  const roleOf = async (who: SignedIn) =>
    (await membersNow()).find(({ userId }) => userId === who.userId)?.role;
  const ownersNow = async () => (await membersNow()).filter(({ role }) => role === 'owner');

  const told = (type: string) =>
    service.app.context.db
      .select()
      .from(events)
      .where(and(eq(events.teamId, team.teamId), eq(events.type, type)))
      .orderBy(asc(events.id));

  /** Takes the team's first owner away, so that `owner` is the last. */
  const leaveOneOwner = async () => {
    const first = (await ownersNow()).find(({ userId }) => userId !== owner.userId);
    const gone = await call(service, 'DELETE', `/api/teams/${team.teamId}/members/${first?.userId}`, {
      headers: owner.headers,
    });
    expect(gone.status).toBe(200);
  };

  it('are listed, the first joined first', async () => {
    service.clock.advance(1_000);
    const late = await newMember(service, team.teamId, 'member');
    const answer = await call(service, 'GET', `/api/teams/${team.teamId}/members`, {
      headers: member.headers,
    });
    expect(answer.status).toBe(200);
    expect(answer.body.members).toHaveLength(5);
    expect(answer.body.members.at(-1)).toEqual({
      user_id: late.userId,
      email: late.email,
      name: expect.stringMatching(/^Person/),
      role: 'member',
      joined_at: `${service.clock.now().toISOString().slice(0, 19)}Z`,
    });
  });

  it('become what an owner makes them, with before and after', async () => {
    const answer = await changeRole(owner, member, 'owner');
    expect(answer).toMatchObject({
      status: 200,
      body: { member: { user_id: member.userId, role: 'owner' } },
    });
    expect(await roleOf(member)).toBe('owner');
    // Once more changes nothing and tells nothing.
    expect((await changeRole(owner, member, 'owner')).status).toBe(200);
    expect(await told('member.role_changed')).toMatchObject([
      {
        subject: member.userId,
        actorType: 'person',
        actorId: owner.userId,
        before: { role: 'member' },
        after: { role: 'owner' },
        data: { email: member.email },
      },
    ]);
  });

  it('are out of the reach of admins where they are owners, or are to be', async () => {
    expectRefusal(await changeRole(admin, member, 'owner'), 403, 'forbidden');
    expectRefusal(await changeRole(admin, admin, 'owner'), 403, 'forbidden');
    expectRefusal(await changeRole(admin, owner, 'member'), 403, 'forbidden');
    expectRefusal(await remove(admin, owner), 403, 'forbidden');
    expect([await roleOf(owner), await roleOf(admin), await roleOf(member)]).toEqual([
      'owner',
      'admin',
      'member',
    ]);
    expect((await changeRole(admin, member, 'admin')).status).toBe(200);
    expect((await remove(admin, member)).status).toBe(200);
  });

  it('cannot be without an owner', async () => {
    await leaveOneOwner();
    expectRefusal(await changeRole(owner, owner, 'admin'), 409, 'last_owner');
    expectRefusal(await remove(owner, owner), 409, 'last_owner');
    expectRefusal(await leave(owner), 409, 'last_owner');
    expect(await roleOf(owner)).toBe('owner');
    expect((await changeRole(owner, admin, 'owner')).status).toBe(200);
    expect((await leave(owner)).status).toBe(200);
    expect(await roleOf(owner)).toBeUndefined();
  });

  it.each(['boss', 'Owner', null, 1, ['admin']])('do not become %j', async (role) => {
    expectInvalid(await changeRole(owner, member, role), 'role', /^must be one of owner, admin, member$/);
  });

  it('of another team are not found', async () => {
    const other = await newTeam(service);
    const stranger = await newMember(service, other.teamId, 'member');
    expectRefusal(await changeRole(owner, stranger, 'admin'), 404, 'not_found');
    expectRefusal(await remove(owner, stranger), 404, 'not_found');
    expectRefusal(await leave(stranger), 403, 'forbidden');
    const { db } = service.app.context;
    const rows = await db.select().from(teamMembers).where(eq(teamMembers.userId, stranger.userId));
    expect(rows).toMatchObject([{ teamId: other.teamId, role: 'member' }]);
  });

  it('take their keys with them, those of this team only', async () => {
    const keys = [
      await newKey(service, team.teamId, { createdByEmail: member.email, name: 'One' }),
      await newKey(service, team.teamId, { createdByEmail: member.email, mode: 'test', name: 'Two' }),
    ];
    const other = await newTeam(service);
    const { db, clock } = service.app.context;
    const joined = { teamId: other.teamId, userId: member.userId, role: 'member', createdAt: clock.now() };
    await db.insert(teamMembers).values(joined as typeof teamMembers.$inferInsert);
    const elsewhere = await newKey(service, other.teamId, { createdByEmail: member.email });
    const works = async ({ token }: { token: string }) =>
      (await call(service, 'GET', '/api/test-api-key', { token })).status;

    expect((await remove(admin, member)).body).toEqual({ success: true });
    expect([await works(keys[0] as never), await works(keys[1] as never)]).toEqual([401, 401]);
    expect([await works(elsewhere), await works(team)]).toEqual([200, 200]);
    expect(await told('member.removed')).toMatchObject([
      {
        subject: member.userId,
        actorType: 'person',
        actorId: admin.userId,
        before: { role: 'member' },
        after: null,
      },
    ]);
    const revoked = await told('api_key.revoked');
    expect(revoked.map(({ subject }) => subject).sort()).toEqual(keys.map(({ keyId }) => keyId).sort());
    expect(revoked[0]).toMatchObject({ actorId: admin.userId, before: { revoked_at: null } });
    // Coming back does not bring them back.
    await db
      .insert(teamMembers)
      .values({ ...joined, teamId: team.teamId } as typeof teamMembers.$inferInsert);
    expect(await works(keys[0] as never)).toBe(401);
  });

  it('leave whatever they are, in their own name', async () => {
    for (const who of [member, admin, owner]) {
      expect((await leave(who)).body).toEqual({ success: true });
      expectRefusal(await leave(who), 403, 'forbidden');
    }
    expect(
      (await told('member.left')).map(({ subject, actorId, before }) => [subject, actorId, before]),
    ).toEqual([
      [member.userId, member.userId, { role: 'member' }],
      [admin.userId, admin.userId, { role: 'admin' }],
      [owner.userId, owner.userId, { role: 'owner' }],
    ]);
  });

  it('who remove themselves leave', async () => {
    expect((await remove(admin, admin)).status).toBe(200);
    expect(await told('member.left')).toMatchObject([{ subject: admin.userId, actorId: admin.userId }]);
    expect(await told('member.removed')).toEqual([]);
  });

  it('lose what they may at once, and so do their keys', async () => {
    const key = await newKey(service, team.teamId, { createdByEmail: admin.email });
    const rename = { token: key.token, body: { name: 'By a key' } };
    expect((await call(service, 'PATCH', `/api/teams/${team.teamId}`, rename)).status).toBe(200);
    await changeRole(owner, admin, 'member');
    expectRefusal(await call(service, 'PATCH', `/api/teams/${team.teamId}`, rename), 403, 'forbidden');
    expectRefusal(await remove(admin, member), 403, 'forbidden');
    await changeRole(owner, admin, 'admin');
    expect((await call(service, 'PATCH', `/api/teams/${team.teamId}`, rename)).status).toBe(200);
  });

  it('are changed by keys as their creators change them', async () => {
    const key = await newKey(service, team.teamId, { createdByEmail: admin.email });
    const by = { token: key.token, body: { role: 'owner' } };
    expectRefusal(await call(service, 'PATCH', url(member), by), 403, 'forbidden');
    const made = await call(service, 'PATCH', url(member), { ...by, body: { role: 'admin' } });
    expect(made.status).toBe(200);
    expect(await told('member.role_changed')).toMatchObject([{ actorType: 'key', actorId: key.keyId }]);
  });

  it('who own three Free teams do not become owners of another one', async () => {
    const free = await newTeam(service, { plan: 'free' });
    const [first] = (await call(service, 'GET', `/api/teams/${free.teamId}/members`, { token: free.token }))
      .body.members;
    const busy = await newMember(service, free.teamId, 'admin');
    for (let i = 0; i < 3; i += 1)
      await call(service, 'POST', '/api/teams', { headers: busy.headers, body: { name: 'Free' } });
    const promote = () =>
      call(service, 'PATCH', `/api/teams/${free.teamId}/members/${busy.userId}`, {
        headers: { cookie: `user=${first.user_id}` },
        body: { role: 'owner' },
      });
    expectRefusal(await promote(), 403, 'team_limit_reached');
    // A team that pays costs us nothing.
    expect((await changeRole(owner, member, 'owner')).status).toBe(200);
  });

  it('whose role is too low leave a trace of what they tried', async () => {
    expectRefusal(await changeRole(member, member, 'owner'), 403, 'forbidden');
    expect(await told('access.refused')).toMatchObject([
      {
        subject: team.teamId,
        mode: null,
        actorType: 'person',
        actorId: member.userId,
        data: {
          route: 'PATCH /api/teams/:teamId/members/:userId',
          role: 'member',
          needed_role: 'admin',
        },
      },
    ]);
    // Looking is no try to change something.
    const looked = await call(service, 'GET', `/api/teams/${team.teamId}/invitations`, {
      headers: member.headers,
    });
    expectRefusal(looked, 403, 'forbidden');
    expect(await told('access.refused')).toHaveLength(1);
  });

  it('who are admins and reach for owners leave a trace of it', async () => {
    const invite = { headers: admin.headers, body: { email: 'guest@example.com', role: 'owner' } };
    const refused = [
      await changeRole(admin, admin, 'owner'),
      await changeRole(admin, owner, 'member'),
      await remove(admin, owner),
      await call(service, 'POST', `/api/teams/${team.teamId}/invitations`, invite),
    ];
    for (const answer of refused) expectRefusal(answer, 403, 'forbidden');
    expect(await told('access.refused')).toMatchObject(
      [
        'PATCH /api/teams/:teamId/members/:userId',
        'PATCH /api/teams/:teamId/members/:userId',
        'DELETE /api/teams/:teamId/members/:userId',
        'POST /api/teams/:teamId/invitations',
      ].map((route) => ({
        actorId: admin.userId,
        data: { route, role: 'admin', needed_role: 'owner' },
      })),
    );
  });

  it('are made no more than members by keys that lack a scope', async () => {
    const { token } = await newKey(service, team.teamId, { scopes: ['team:*', 'keys:*'] });
    const change = (role: string) => call(service, 'PATCH', url(member), { token, body: { role } });
    const invite = (role: string) =>
      call(service, 'POST', `/api/teams/${team.teamId}/invitations`, {
        token,
        body: { email: 'guest@example.com', role },
      });
    for (const role of ['owner', 'admin']) {
      expectRefusal(await change(role), 403, 'forbidden');
      expectRefusal(await invite(role), 403, 'forbidden');
    }
    expect((await change('member')).status).toBe(200);
    expect((await invite('member')).status).toBe(201);
    expect(await roleOf(member)).toBe('member');
  });

  it('are out of reach of test keys, which are of the same team as live ones', async () => {
    const { token } = await newKey(service, team.teamId, { mode: 'test' });
    expectRefusal(
      await call(service, 'PATCH', url(member), { token, body: { role: 'owner' } }),
      403,
      'forbidden',
    );
    expectRefusal(await call(service, 'DELETE', url(member), { token }), 403, 'forbidden');
    expect(await roleOf(member)).toBe('member');
    expect((await call(service, 'GET', `/api/teams/${team.teamId}/members`, { token })).status).toBe(200);
  });

  if (kind === 'postgres')
    describe('at once', () => {
      it('two last owners leave, and one stays', async () => {
        await leaveOneOwner();
        await changeRole(owner, admin, 'owner');
        const answers = await Promise.all([leave(owner), leave(admin)]);
        expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
        expect(await ownersNow()).toHaveLength(1);
      });

      it('two last owners remove each other, and one stays', async () => {
        await leaveOneOwner();
        await changeRole(owner, admin, 'owner');
        const answers = await Promise.all([remove(owner, admin), remove(admin, owner)]);
        expect(answers.map(({ status }) => status).sort()).toEqual([200, 403]);
        expect(await ownersNow()).toHaveLength(1);
      });

      it('somebody who is being removed makes no key that outlives it', async () => {
        const body = { teamId: team.teamId, mode: 'test', name: 'Last minute' };
        const [made] = await Promise.all([
          call(service, 'POST', '/api/api-keys', { headers: admin.headers, body }),
          remove(owner, admin),
        ]);
        expect([201, 403]).toContain(made.status);
        const { db, clock } = service.app.context;
        await db
          .insert(teamMembers)
          .values({ teamId: team.teamId, userId: admin.userId, role: 'admin', createdAt: clock.now() });
        if (made.status === 201) {
          const { fullKey: token } = made.body.apiKey;
          expect((await call(service, 'GET', '/api/test-api-key', { token })).status).toBe(401);
        }
      });
    });

  it('may no more than they are when their turn comes, whatever they were when they asked', async () => {
    const { context } = service.app;
    for (const who of [member, await newPerson(service)]) {
      const asAdmin: Caller = {
        teamId: team.teamId,
        mode: 'live',
        userId: who.userId,
        role: 'admin',
        scopes: ['*'],
        actor: { type: 'person', id: who.userId },
        rateLimitPerHour: null,
        number: null,
      };
      const tries = [
        changeRoleNow(context, asAdmin, admin.userId, 'member'),
        removeMember(context, asAdmin, admin.userId),
        inviteMember(context, asAdmin, { email: 'guest@example.com', role: 'member' }),
        updateTeam(context, asAdmin, { name: 'Renamed' }),
        createOwnApiKey(context, asAdmin, { mode: 'test', name: 'Key' }),
        updateApiKey(context, asAdmin, team.keyId, { name: 'Key' }),
        revokeOwnApiKey(context, asAdmin, team.keyId),
      ];
      const refused = tries.map(() => ({ status: 'rejected', reason: { code: 'forbidden' } }));
      expect(await Promise.allSettled(tries)).toMatchObject(refused);
    }
    expect(await roleOf(admin)).toBe('admin');
  });

  it('are nobody without an account', async () => {
    const ghost = { ...(await newPerson(service)), headers: { cookie: `user=usr_${'0'.repeat(26)}` } };
    expectRefusal(await leave(ghost), 401, 'unauthorized');
  });
});
