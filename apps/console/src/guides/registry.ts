import {
  siCurl,
  siDjango,
  siDotnet,
  siExpress,
  siFlask,
  siGo,
  siNextdotjs,
  siNodedotjs,
  siPhp,
  siReact,
  siSpringboot,
  siVuedotjs,
} from 'simple-icons';
import type { Guide } from './guide.types.ts';

const npm = (name: string) => ({ name, url: `https://www.npmjs.com/package/${name}` });

/** Every integration guide there is, in the order of the gallery. */
export const guides: Guide[] = [
  {
    id: 'web-flask',
    name: 'Flask',
    category: 'Traditional',
    featured: true,
    logo: siFlask,
    description: (t) => t.descriptions.flask,
    sdk: { name: 'logto', url: 'https://pypi.org/project/logto/' },
    defaults: {
      redirectUri: 'http://localhost:5000/callback',
      postSignOutRedirectUri: 'http://localhost:5000/',
    },
    load: () => import('./flask.guide.ts'),
  },
  {
    id: 'web-express',
    name: 'Express',
    category: 'Traditional',
    featured: true,
    logo: siExpress,
    description: (t) => t.descriptions.express,
    sdk: npm('@logto/express'),
    defaults: {
      // The SDK fixes this path, and comes back to the bare origin.
      redirectUri: 'http://localhost:3000/logto/sign-in-callback',
      postSignOutRedirectUri: 'http://localhost:3000',
    },
    load: () => import('./express.guide.ts'),
  },
  {
    id: 'web-next-app-router',
    name: 'Next.js (App Router)',
    category: 'Traditional',
    featured: true,
    logo: siNextdotjs,
    description: (t) => t.descriptions.next,
    sdk: npm('@logto/next'),
    defaults: {
      redirectUri: 'http://localhost:3000/callback',
      postSignOutRedirectUri: 'http://localhost:3000/',
    },
    load: () => import('./next.guide.ts'),
  },
  {
    id: 'spa-react',
    name: 'React',
    category: 'SPA',
    featured: true,
    logo: siReact,
    description: (t) => t.descriptions.react,
    sdk: npm('@logto/react'),
    defaults: {
      redirectUri: 'http://localhost:5173/callback',
      postSignOutRedirectUri: 'http://localhost:5173/',
    },
    load: () => import('./react.guide.ts'),
  },
  {
    id: 'spa-vue',
    name: 'Vue',
    category: 'SPA',
    featured: false,
    logo: siVuedotjs,
    description: (t) => t.descriptions.vue,
    sdk: npm('@logto/vue'),
    defaults: {
      redirectUri: 'http://localhost:5173/callback',
      postSignOutRedirectUri: 'http://localhost:5173/',
    },
    load: () => import('./vue.guide.ts'),
  },
  {
    id: 'web-java-spring-boot',
    name: 'Java Spring Boot',
    category: 'Traditional',
    featured: true,
    logo: siSpringboot,
    description: (t) => t.descriptions.springBoot,
    defaults: {
      // Spring fixes this path; its last part is the registration's name.
      redirectUri: 'http://localhost:8080/login/oauth2/code/latchkey',
      postSignOutRedirectUri: 'http://localhost:8080/',
    },
    load: () => import('./spring-boot.guide.ts'),
  },
  {
    id: 'web-django',
    name: 'Django',
    category: 'Traditional',
    featured: false,
    logo: siDjango,
    description: (t) => t.descriptions.django,
    defaults: {
      redirectUri: 'http://localhost:8000/callback',
      postSignOutRedirectUri: 'http://localhost:8000/',
    },
    load: () => import('./django.guide.ts'),
  },
  {
    id: 'web-go',
    name: 'Go',
    category: 'Traditional',
    featured: false,
    logo: siGo,
    description: (t) => t.descriptions.go,
    sdk: { name: 'github.com/logto-io/go', url: 'https://pkg.go.dev/github.com/logto-io/go/v2' },
    defaults: {
      redirectUri: 'http://localhost:8080/callback',
      postSignOutRedirectUri: 'http://localhost:8080/',
    },
    load: () => import('./go.guide.ts'),
  },
  {
    id: 'web-php',
    name: 'PHP',
    category: 'Traditional',
    featured: false,
    logo: siPhp,
    description: (t) => t.descriptions.php,
    sdk: { name: 'logto/sdk', url: 'https://packagist.org/packages/logto/sdk' },
    defaults: {
      redirectUri: 'http://localhost:8000/callback',
      postSignOutRedirectUri: 'http://localhost:8000/',
    },
    load: () => import('./php.guide.ts'),
  },
  {
    id: 'web-dotnet-core',
    name: 'ASP.NET Core',
    category: 'Traditional',
    featured: false,
    logo: siDotnet,
    description: (t) => t.descriptions.aspNetCore,
    sdk: {
      name: 'Logto.AspNetCore.Authentication',
      url: 'https://www.nuget.org/packages/Logto.AspNetCore.Authentication',
    },
    defaults: {
      // https: the handler's form_post answer needs cookies that browsers send to secure sites only.
      redirectUri: 'https://localhost:7080/Callback',
      postSignOutRedirectUri: 'https://localhost:7080/SignedOutCallback',
    },
    load: () => import('./asp-net-core.guide.ts'),
  },
  {
    id: 'native-command-line',
    name: 'Command line (Node.js)',
    category: 'Native',
    featured: false,
    logo: siNodedotjs,
    description: (t) => t.descriptions.commandLine,
    defaults: {
      // RFC 8252 §7.3: the port of a native app's loopback address is chosen when it runs.
      redirectUri: 'http://127.0.0.1/callback',
      postSignOutRedirectUri: 'http://127.0.0.1/',
    },
    load: () => import('./command-line.guide.ts'),
  },
  {
    id: 'm2m-general',
    name: 'Machine-to-machine',
    category: 'MachineToMachine',
    featured: true,
    logo: siCurl,
    description: (t) => t.descriptions.machineToMachine,
    sdk: npm('@logto/api'),
    // Client credentials have no browser in them, and so nothing to come back to.
    defaults: { redirectUri: '', postSignOutRedirectUri: '' },
    load: () => import('./machine-to-machine.guide.ts'),
  },
];
