import type { Channel, EmailTemplateDetails } from '@latchkey/server/contract';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useConsole } from '../../console-context.tsx';
import type { TemplateType } from './message-types.ts';

/** Which text: one for a channel, a purpose and a language. */
export interface TemplateChoice {
  channel: Channel;
  templateType: TemplateType;
  languageTag: string;
}

/** A text as it is edited; text messages use its content alone. */
export type Draft = EmailTemplateDetails;

export interface OwnTemplate {
  id: string;
  templateType: TemplateType;
  languageTag: string;
}

const templatesKey = ['message-templates'];

export function useOwnTemplates(channel: Channel) {
  const { api } = useConsole();
  return useQuery({
    queryKey: [...templatesKey, channel],
    queryFn: async ({ signal }): Promise<OwnTemplate[]> =>
      channel === 'Email'
        ? await api.call('GET /api/email-templates', { signal })
        : await api.call('GET /api/sms-templates', { signal }),
  });
}

/** The text, and what becomes of it with made-up values; without a draft, the text that is in use. */
export function useTemplatePreview({ channel, templateType, languageTag }: TemplateChoice, draft?: Draft) {
  const { api } = useConsole();
  return useQuery({
    queryKey: [...templatesKey, 'preview', channel, templateType, languageTag, draft ?? null],
    queryFn: async ({ signal }): Promise<{ source: Draft; rendered: Draft }> => {
      if (channel === 'Email') {
        const body = { templateType, languageTag, details: draft };
        return api.call('POST /api/email-templates/preview', { body, signal });
      }
      const details = draft && { content: draft.content };
      const answer = await api.call('POST /api/sms-templates/preview', {
        body: { templateType, languageTag, details },
        signal,
      });
      const plain = { subject: '', contentType: 'text/plain' } as const;
      return { source: { ...plain, ...answer.source }, rendered: { ...plain, ...answer.rendered } };
    },
    placeholderData: keepPreviousData,
  });
}

export function useSaveTemplate({ channel, templateType, languageTag }: TemplateChoice) {
  const { api } = useConsole();
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (draft: Draft): Promise<void> => {
      const key = { templateType, languageTag };
      if (channel === 'Email') {
        await api.call('PUT /api/email-templates', { body: { templates: [{ ...key, details: draft }] } });
      } else {
        const details = { content: draft.content };
        await api.call('PUT /api/sms-templates', { body: { templates: [{ ...key, details }] } });
      }
    },
    onSuccess: () => client.invalidateQueries({ queryKey: templatesKey }),
  });
}

/** Gives up one text, or all texts of a language. */
export function useDeleteTemplates(channel: Channel, onDone: () => void) {
  const { api } = useConsole();
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (of: { id: string } | { languageTag: string }): Promise<void> => {
      if ('id' in of) {
        await (channel === 'Email'
          ? api.call('DELETE /api/email-templates/:id', { params: of })
          : api.call('DELETE /api/sms-templates/:id', { params: of }));
      } else {
        await (channel === 'Email'
          ? api.call('DELETE /api/email-templates', { query: of })
          : api.call('DELETE /api/sms-templates', { query: of }));
      }
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: templatesKey });
      onDone();
    },
  });
}
