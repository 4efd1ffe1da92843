import { type Assistant, countAssistants, insertAssistant, type ListedAssistant } from '../db/assistants.ts';
import { lockTeam } from '../db/teams.ts';
import { type AssistantTemplate, MAX_ASSISTANTS, metadataProblem } from '../domain/assistant.ts';
import { parseE164 } from '../domain/e164.ts';
import { type Issue, invalidRequest, Refusal } from '../domain/refusal.ts';
import type { Caller, Context } from './context.ts';
import { getAssistant } from './get-assistant.ts';
import { recordEvent } from './record-event.ts';

/** What a team says about an assistant. */
export interface AssistantFields {
  name: string;
  templateId: AssistantTemplate;
  inboundEnabled: boolean;
  outboundEnabled: boolean;
  /** Null: each number's own. */
  connectionId: string | null;
  /** E.164. */
  fallbackNumber: string | null;
  metadata: Record<string, unknown>;
}

/**
 * Makes an assistant for the caller's team. It belongs to both modes.
 * @throws Refusal `invalid_request`, `assistant_limit_reached`
 */
export async function createAssistant(
  context: Context,
  caller: Caller,
  fields: Partial<AssistantFields> & { name: string },
): Promise<ListedAssistant> {
  checkFields(fields);
  const now = context.clock.now();
  const assistant: Assistant = {
    templateId: 'custom',
    inboundEnabled: true,
    outboundEnabled: true,
    connectionId: null,
    fallbackNumber: null,
    metadata: {},
    ...fields,
    id: context.newId('asst'),
    teamId: caller.teamId,
    createdBy: caller.userId,
    createdAt: now,
    updatedAt: now,
  };
  await context.db.transaction(async (tx) => {
    await lockTeam(tx, caller.teamId);
    if ((await countAssistants(tx, caller.teamId)) >= MAX_ASSISTANTS) throw tooMany();
    await insertAssistant(tx, assistant);
    await recordEvent(context, tx, {
      teamId: caller.teamId,
      mode: null,
      type: 'assistant.created',
      subject: assistant.id,
      actor: caller.actor,
      after: fieldsOf(assistant),
      data: { name: assistant.name },
    });
  });
  return getAssistant(context, caller, assistant.id);
}

function tooMany(): Refusal {
  return new Refusal(
    'assistant_limit_reached',
    `Your team has ${MAX_ASSISTANTS} assistants, which is as many as there can be. Delete one first.`,
  );
}

/** What a schema cannot say. */
export function checkFields({ fallbackNumber, metadata }: Partial<AssistantFields>): void {
  const issues: Issue[] = [];
  const number = fallbackNumber == null ? null : parseE164(fallbackNumber);
  if (number?.valid === false) issues.push({ path: 'fallbackNumber', message: number.message });
  const problem = metadata ? metadataProblem(metadata) : null;
  if (problem) issues.push({ path: 'metadata', message: problem });
  if (issues.length > 0) throw invalidRequest(issues);
}

/** An assistant as events tell of it. */
export function fieldsOf(assistant: Assistant) {
  return {
    name: assistant.name,
    template_id: assistant.templateId,
    inbound_enabled: assistant.inboundEnabled,
    outbound_enabled: assistant.outboundEnabled,
    connection_id: assistant.connectionId,
    fallback_number: assistant.fallbackNumber,
    metadata: assistant.metadata,
  };
}
