/** What an assistant was made from. */
export const ASSISTANT_TEMPLATES = ['outbound-setter', 'inbound-support', 'follow-up', 'custom'] as const;

export type AssistantTemplate = (typeof ASSISTANT_TEMPLATES)[number];
