import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'Register an App ID',
    body: [
      'You need a membership of the **Apple Developer Program**. Open **Certificates, Identifiers & Profiles → Identifiers** in your developer account.',
      'Choose **+**, then **App IDs** and **App**. Enter a description and a Bundle ID, tick **Sign in with Apple** under **Capabilities**, and register it.',
    ],
  },
  {
    title: 'Register a Services ID',
    body: [
      'Choose **+** again, then **Services IDs**. Its **Identifier**, such as `com.example.signin`, is what the form asks for.',
      'Open the new Services ID, tick **Sign in with Apple** and choose **Configure**. Select the App ID as **Primary App ID**.',
      '**Domains and Subdomains**: your server’s host name without `https://`. **Return URLs**: the redirect URI shown on this page. Apple takes neither `localhost` nor `http`.',
      'Choose **Next** and **Done**, then **Continue** and **Save** for the Services ID itself: before that nothing is kept.',
    ],
  },
  {
    title: 'Fill in the form',
    body: [
      'Paste the Services ID’s identifier. No secret is needed: Apple’s signed ID token says who signed in.',
      'Set **Scope** to `name email` to learn both. Apple tells the name at the first sign-in only.',
      'People may hide their address behind Apple’s private relay. For your e-mails to reach them, register your sender’s domain or address under **Services → Sign in with Apple for Email Communication → Configure**.',
    ],
  },
];
