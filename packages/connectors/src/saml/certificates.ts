import { X509Certificate } from 'node:crypto';
import { ConnectorError } from '@latchkey/connector-kit';

const PEM = /-----BEGIN CERTIFICATE-----([\s\S]*?)-----END CERTIFICATE-----/g;

/** Certificates as operators paste them: one or several in PEM, or one in bare Base64 as metadata has it. */
export function parseCertificates(text: string): X509Certificate[] {
  const bodies = text.includes('-----BEGIN') ? [...text.matchAll(PEM)].map(([, body = '']) => body) : [text];
  try {
    const certificates = bodies.map((body) => new X509Certificate(Buffer.from(body.replace(/\s/g, ''), 'base64')));
    if (certificates.length > 0) return certificates;
  } catch (error) {
    throw new ConnectorError('invalid_certificate', 'This is no X.509 certificate.', { cause: error });
  }
  throw new ConnectorError('invalid_certificate', 'This is no X.509 certificate.');
}

/** One certificate as metadata and other programs write it: Base64 without lines around it. */
export const certificateBody = (certificate: X509Certificate): string => certificate.raw.toString('base64');
