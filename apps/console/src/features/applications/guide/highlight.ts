import highlighter from 'highlight.js/lib/core';
import bash from 'highlight.js/lib/languages/bash';
import csharp from 'highlight.js/lib/languages/csharp';
import go from 'highlight.js/lib/languages/go';
import java from 'highlight.js/lib/languages/java';
import javascript from 'highlight.js/lib/languages/javascript';
import json from 'highlight.js/lib/languages/json';
import php from 'highlight.js/lib/languages/php';
import properties from 'highlight.js/lib/languages/properties';
import python from 'highlight.js/lib/languages/python';
import typescript from 'highlight.js/lib/languages/typescript';
import xml from 'highlight.js/lib/languages/xml';
import yaml from 'highlight.js/lib/languages/yaml';
import type { CodeLanguage } from '../../../guides/guide.types.ts';

const grammars = {
  bash,
  csharp,
  go,
  html: xml,
  java,
  javascript,
  json,
  php,
  properties,
  python,
  typescript,
  xml,
  yaml,
};

for (const [language, grammar] of Object.entries(grammars)) highlighter.registerLanguage(language, grammar);

/** The code as HTML with a span for each token; everything of the code itself is escaped. */
export function highlight(code: string, language: Exclude<CodeLanguage, 'text'>): string {
  return highlighter.highlight(code, { language }).value;
}
