import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'Create a mobile app',
    body: [
      'Sign in to the **Alipay Open Platform** (open.alipay.com), open **Console** and create a **mobile application** with your Bundle ID and Android package.',
      'Add the capability **App login with Alipay** and submit it for review.',
    ],
  },
  {
    title: 'Set up the signature',
    body: [
      'Make a key pair with Alipay’s key tool: **RSA2 (SHA256)**, in the format PKCS#8. Upload the public key under **Development settings → Signature of the interfaces**.',
    ],
  },
  {
    title: 'Fill in the form',
    body: [
      'Enter the **APPID** and the private key. There is no redirect URI to register: your app gets the code from Alipay’s SDK and hands it to the API.',
    ],
  },
];
