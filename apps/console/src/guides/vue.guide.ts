import type { GuideContent } from './guide.types.ts';
import {
  addressOf,
  checkpointSection,
  commands,
  file,
  info,
  nextSection,
  nodeInstall,
  redirectUrisSection,
  text,
} from './guide-blocks.ts';

export const content: GuideContent = (context) => {
  const { t, endpoint, appId, redirectUri, postSignOutRedirectUri } = context;
  const { origin, path, port } = addressOf(redirectUri);
  return [
    {
      id: 'install',
      title: t.titles.install,
      blocks: [
        text(t.vue.install),
        commands(`
npm create vite@latest bookstore -- --template vue-ts --no-interactive
cd bookstore
`),
        nodeInstall('@logto/vue'),
      ],
    },
    {
      id: 'configure',
      title: t.titles.configure,
      blocks: [
        text(t.shared.values),
        { type: 'values' },
        text(t.shared.publicClient),
        text(t.vue.configure),
        file(
          'src/main.ts',
          'typescript',
          `
import { createLogto, type LogtoConfig, UserScope } from '@logto/vue';
import { createApp } from 'vue';
import App from './App.vue';

const config: LogtoConfig = {
  endpoint: '${endpoint}',
  appId: '${appId}',
  scopes: [UserScope.Email],
};

createApp(App).use(createLogto, config).mount('#app');
`,
        ),
      ],
    },
    redirectUrisSection(context, [info(t.shared.singlePageCors)]),
    {
      id: 'callback',
      title: t.titles.callback,
      blocks: [
        text(t.vue.callback),
        file(
          'src/CallbackPage.vue',
          'html',
          `
<script setup lang="ts">
import { useHandleSignInCallback } from '@logto/vue';

const { error } = useHandleSignInCallback(() => window.location.replace('/'));
</script>

<template>
  <p v-if="error">{{ error.message }} <a href="/">Start again</a></p>
  <p v-else>Signing in…</p>
</template>
`,
        ),
        text(t.vue.route),
        file(
          'src/App.vue',
          'html',
          `
<script setup lang="ts">
import CallbackPage from './CallbackPage.vue';
import HomePage from './HomePage.vue';

const isCallback = window.location.pathname === '${path}';
</script>

<template>
  <CallbackPage v-if="isCallback" />
  <HomePage v-else />
</template>
`,
        ),
      ],
    },
    {
      id: 'sign-in',
      title: t.titles.signInAndOut,
      blocks: [
        text(t.vue.home),
        file(
          'src/HomePage.vue',
          'html',
          `
<script setup lang="ts">
import { type IdTokenClaims, useLogto } from '@logto/vue';
import { ref, watch } from 'vue';

const redirectUri = '${redirectUri}';
const postSignOutRedirectUri = '${postSignOutRedirectUri}';

const { isAuthenticated, signIn, signOut, getIdTokenClaims } = useLogto();
const claims = ref<IdTokenClaims>();

// Not watchEffect: it would also watch the SDK's own loading state, which this call changes.
watch(
  isAuthenticated,
  async (signedIn) => {
    claims.value = signedIn ? await getIdTokenClaims() : undefined;
  },
  { immediate: true },
);
</script>

<template>
  <main v-if="isAuthenticated">
    <pre>{{ claims }}</pre>
    <button type="button" @click="signOut(postSignOutRedirectUri)">Sign out</button>
  </main>
  <main v-else>
    <p>Not signed in.</p>
    <button type="button" @click="signIn({ redirectUri })">Sign in</button>
    <button type="button" @click="signIn({ redirectUri, firstScreen: 'register' })">Create an account</button>
  </main>
</template>
`,
        ),
      ],
    },
    checkpointSection(context, `${origin}/`, [text(t.shared.start), commands(`npx vite --port ${port} --strictPort`)]),
    nextSection(context, { name: '@logto/vue', href: 'https://www.npmjs.com/package/@logto/vue' }),
  ];
};
