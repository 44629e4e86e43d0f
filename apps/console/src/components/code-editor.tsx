import { autocompletion, type CompletionSource, closeBrackets } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { css } from '@codemirror/lang-css';
import { javascript, javascriptLanguage } from '@codemirror/lang-javascript';
import { json } from '@codemirror/lang-json';
import { bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting } from '@codemirror/language';
import { type Diagnostic, lintGutter, setDiagnostics } from '@codemirror/lint';
import { Annotation, Compartment, EditorState, type Extension } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { useEffect, useRef } from 'react';
import classes from './code-editor.module.css';

/** Where in the text something is wrong, counted from 1. */
export type CodeProblem = { line: number; column?: number | undefined; message: string };

type Props = {
  language: 'javascript' | 'json' | 'css';
  label: string;
  /** Id of the text that explains the field. */
  describedBy?: string;
  value: string;
  problem?: CodeProblem | undefined;
  completions?: CompletionSource | undefined;
  onChange: (value: string) => void;
  /** Ctrl or Command with Enter. */
  onRun?: () => void;
};

/** Marks a text that the page has set: it is no edit of the reader's. */
const fromOutside = Annotation.define<boolean>();

/** Colours of the parts of code; each is a variable that follows the appearance. */
const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.moduleKeyword, tags.definitionKeyword], color: 'var(--code-keyword)' },
  { tag: [tags.string, tags.special(tags.string), tags.regexp], color: 'var(--code-string)' },
  { tag: [tags.number, tags.bool, tags.null, tags.unit, tags.color], color: 'var(--code-number)' },
  { tag: tags.comment, color: 'var(--code-comment)', fontStyle: 'italic' },
  { tag: [tags.propertyName, tags.attributeName], color: 'var(--code-property)' },
  { tag: [tags.className, tags.tagName, tags.typeName], color: 'var(--code-name)' },
]);

function languageOf(language: Props['language'], completions: CompletionSource | undefined): Extension {
  if (language === 'json') return json();
  if (language === 'css') return css();
  return [javascript(), completions ? javascriptLanguage.data.of({ autocomplete: completions }) : []];
}

function diagnosticOf(state: EditorState, { line, column = 1, message }: CodeProblem): Diagnostic {
  const { from, to } = state.doc.line(Math.min(Math.max(line, 1), state.doc.lines));
  const start = Math.min(from + column - 1, to);
  return { from: column > 1 ? start : from, to, severity: 'error', message };
}

/** A field for code. Tab indents in it; Escape first gives Tab its usual meaning back (WCAG 2.2 SC 2.1.2). */
export default function CodeEditor({ language, label, describedBy, value, problem, completions, ...on }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const tongue = useRef(new Compartment());
  // What the editor calls back is always the newest, though the editor is made once.
  const handlers = useRef(on);
  handlers.current = on;
  const first = useRef(value);

  useEffect(() => {
    if (!place.current) return;
    const run = () => {
      handlers.current.onRun?.();
      return true;
    };
    const editor = new EditorView({
      parent: place.current,
      state: EditorState.create({
        doc: first.current,
        extensions: [
          lineNumbers(),
          lintGutter(),
          history(),
          drawSelection(),
          indentOnInput(),
          bracketMatching(),
          closeBrackets(),
          highlightActiveLine(),
          syntaxHighlighting(colours),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({
            'aria-label': label,
            // What scrolls has to be reached by keyboard; not every browser takes an editable element for that.
            tabindex: '0',
            ...(describedBy && { 'aria-describedby': describedBy }),
          }),
          keymap.of([{ key: 'Mod-Enter', run }, ...defaultKeymap, ...historyKeymap, indentWithTab]),
          autocompletion({ icons: false }),
          tongue.current.of([]),
          EditorView.updateListener.of((update) => {
            const isTyped = !update.transactions.some((transaction) => transaction.annotation(fromOutside));
            if (update.docChanged && isTyped) handlers.current.onChange(update.state.doc.toString());
          }),
        ],
      }),
    });
    view.current = editor;
    return () => {
      view.current = null;
      editor.destroy();
    };
  }, [label, describedBy]);

  useEffect(() => {
    view.current?.dispatch({ effects: tongue.current.reconfigure(languageOf(language, completions)) });
  }, [language, completions]);

  useEffect(() => {
    const editor = view.current;
    const current = editor?.state.doc.toString();
    // Set from outside: a reset, not what was just typed.
    if (editor && current !== value)
      editor.dispatch({
        changes: { from: 0, to: editor.state.doc.length, insert: value },
        annotations: fromOutside.of(true),
      });
  }, [value]);

  useEffect(() => {
    const editor = view.current;
    if (!editor) return;
    editor.dispatch(setDiagnostics(editor.state, problem ? [diagnosticOf(editor.state, problem)] : []));
  }, [problem]);

  return <div ref={place} className={classes.editor} />;
}
