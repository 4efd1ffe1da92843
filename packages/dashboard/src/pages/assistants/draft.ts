import type { Assistant } from '@talkturo/client';

export const TEMPLATES = ['outbound-setter', 'inbound-support', 'follow-up', 'custom'] as const;
export type Template = (typeof TEMPLATES)[number];

/** An assistant as it is filled in, all as text. */
export interface AssistantDraft {
  name: string;
  templateId: Template;
  inboundEnabled: boolean;
  outboundEnabled: boolean;
  connectionId: string;
  fallbackNumber: string;
  metadata: string;
}

export const NEW_ASSISTANT: AssistantDraft = {
  name: '',
  templateId: 'custom',
  inboundEnabled: true,
  outboundEnabled: true,
  connectionId: '',
  fallbackNumber: '',
  metadata: '{}',
};

export function templateOf({ template_id }: Pick<Assistant, 'template_id'>): Template {
  return TEMPLATES.find((each) => each === template_id) ?? 'custom';
}

export function draftOf(assistant: Assistant): AssistantDraft {
  return {
    name: assistant.name,
    templateId: templateOf(assistant),
    inboundEnabled: assistant.inbound_enabled,
    outboundEnabled: assistant.outbound_enabled,
    connectionId: assistant.connection_id ?? '',
    fallbackNumber: assistant.fallback_number ?? '',
    metadata: JSON.stringify(assistant.metadata, null, 2),
  };
}

/** What cannot be sent, by its field. */
export type DraftMistake = 'connectionId' | 'fallbackNumber' | 'metadata';

export function mistakesIn({ connectionId, fallbackNumber, metadata }: AssistantDraft): DraftMistake[] {
  const mistakes: DraftMistake[] = [];
  if (connectionId.trim() !== '' && !/^[A-Za-z0-9_-]{1,64}$/.test(connectionId.trim()))
    mistakes.push('connectionId');
  if (fallbackNumber.trim() !== '' && !/^\+[1-9]\d{6,14}$/.test(asE164(fallbackNumber)))
    mistakes.push('fallbackNumber');
  if (readMetadata(metadata) === null) mistakes.push('metadata');
  return mistakes;
}

/** The fields as the server wants them. */
export function fieldsOf(draft: Partial<AssistantDraft>) {
  const { connectionId, fallbackNumber, metadata, ...same } = draft;
  return {
    ...same,
    ...(connectionId !== undefined && { connectionId: connectionId.trim() || null }),
    ...(fallbackNumber !== undefined && { fallbackNumber: asE164(fallbackNumber) || null }),
    ...(metadata !== undefined && { metadata: readMetadata(metadata) ?? {} }),
  };
}

/** Without what people write between the digits. */
function asE164(number: string): string {
  return number.replace(/[\s().-]/g, '');
}

/** Null where it is not a JSON object. */
function readMetadata(text: string): Record<string, unknown> | null {
  if (text.trim() === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
