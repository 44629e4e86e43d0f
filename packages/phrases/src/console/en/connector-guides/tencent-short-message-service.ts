import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'Create an application',
    body: [
      'In the Tencent Cloud SMS console open **Application Management**, create an application, and copy its **SDKAppID**.',
    ],
  },
  {
    title: 'Have a signature and templates approved',
    body: [
      'Add a signature and templates for your region, and wait until both are approved. The text of a template has the one variable `{1}`.',
    ],
  },
  {
    title: 'Create an API key',
    body: ['In CAM open **API Keys**, and copy **SecretId** and **SecretKey** of a sub-user that may use SMS.'],
  },
];
