import type { GuideContent } from './guide.types.ts';
import {
  addressOf,
  checkpointSection,
  commands,
  file,
  info,
  nextSection,
  redirectUrisSection,
  text,
  warning,
} from './guide-blocks.ts';

const pom = `
<?xml version="1.0" encoding="UTF-8"?>
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <parent>
    <groupId>org.springframework.boot</groupId>
    <artifactId>spring-boot-starter-parent</artifactId>
    <version>4.1.2</version>
  </parent>
  <groupId>com.example</groupId>
  <artifactId>bookstore</artifactId>
  <version>0.0.1</version>
  <properties>
    <java.version>17</java.version>
  </properties>
  <dependencies>
    <dependency>
      <groupId>org.springframework.boot</groupId>
      <artifactId>spring-boot-starter-webmvc</artifactId>
    </dependency>
    <dependency>
      <groupId>org.springframework.boot</groupId>
      <artifactId>spring-boot-starter-security-oauth2-client</artifactId>
    </dependency>
  </dependencies>
  <build>
    <plugins>
      <plugin>
        <groupId>org.springframework.boot</groupId>
        <artifactId>spring-boot-maven-plugin</artifactId>
      </plugin>
    </plugins>
  </build>
</project>
`;

const application = `
package bookstore;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class Application {
  public static void main(String[] args) {
    SpringApplication.run(Application.class, args);
  }
}
`;

const resolver = `
package bookstore;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;

class SignUpFirstResolver implements OAuth2AuthorizationRequestResolver {
  private final DefaultOAuth2AuthorizationRequestResolver resolver;

  SignUpFirstResolver(ClientRegistrationRepository registrations) {
    resolver = new DefaultOAuth2AuthorizationRequestResolver(registrations, "/oauth2/authorization");
    resolver.setAuthorizationRequestCustomizer(OAuth2AuthorizationRequestCustomizers.withPkce());
  }

  @Override
  public OAuth2AuthorizationRequest resolve(HttpServletRequest request) {
    return withFirstScreen(request, resolver.resolve(request));
  }

  @Override
  public OAuth2AuthorizationRequest resolve(HttpServletRequest request, String registrationId) {
    return withFirstScreen(request, resolver.resolve(request, registrationId));
  }

  private static OAuth2AuthorizationRequest withFirstScreen(
      HttpServletRequest request, OAuth2AuthorizationRequest authorization) {
    if (authorization == null || !"register".equals(request.getParameter("first_screen"))) {
      return authorization;
    }
    return OAuth2AuthorizationRequest.from(authorization)
        .additionalParameters(parameters -> parameters.put("first_screen", "register"))
        .build();
  }
}
`;

const securityConfig = (postSignOutRedirectUri: string) => `
package bookstore;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenDecoderFactory;
import org.springframework.security.oauth2.client.oidc.web.logout.OidcClientInitiatedLogoutSuccessHandler;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.security.web.SecurityFilterChain;

@Configuration
class SecurityConfig {
  @Bean
  SecurityFilterChain securityFilterChain(HttpSecurity http, ClientRegistrationRepository registrations)
      throws Exception {
    var signedOut = new OidcClientInitiatedLogoutSuccessHandler(registrations);
    signedOut.setPostLogoutRedirectUri("${postSignOutRedirectUri}");

    return http
        .authorizeHttpRequests(requests -> requests
            .requestMatchers("/", "/error", "/favicon.ico").permitAll()
            .anyRequest().authenticated())
        .oauth2Login(login -> login
            .loginPage("/oauth2/authorization/latchkey")
            .authorizationEndpoint(endpoint -> endpoint
                .authorizationRequestResolver(new SignUpFirstResolver(registrations)))
            .defaultSuccessUrl("/")
            .failureUrl("/?error"))
        .logout(logout -> logout.logoutSuccessHandler(signedOut))
        .build();
  }

  @Bean
  JwtDecoderFactory<ClientRegistration> idTokenDecoderFactory() {
    var factory = new OidcIdTokenDecoderFactory();
    factory.setJwsAlgorithmResolver(registration -> SignatureAlgorithm.ES256);
    return factory;
  }
}
`;

const homeController = `
package bookstore;

import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;

@RestController
class HomeController {
  @GetMapping(path = "/", produces = "text/html")
  String home(@AuthenticationPrincipal OidcUser user, CsrfToken csrf) {
    if (user == null) {
      return """
          <p>Not signed in.</p>
          <a href="/oauth2/authorization/latchkey">Sign in</a>
          <a href="/oauth2/authorization/latchkey?first_screen=register">Create an account</a>
          """;
    }
    return """
        <pre>%s</pre>
        <form action="/logout" method="post">
          <input type="hidden" name="%s" value="%s">
          <button>Sign out</button>
        </form>
        """.formatted(
        HtmlUtils.htmlEscape(user.getClaims().toString()), csrf.getParameterName(), csrf.getToken());
  }
}
`;

export const content: GuideContent = (context) => {
  const { t, endpoint, appId, appSecret, redirectUri, postSignOutRedirectUri } = context;
  const { origin, port } = addressOf(redirectUri);
  const source = (name: string) => `src/main/java/bookstore/${name}.java`;
  return [
    {
      id: 'install',
      title: t.titles.install,
      blocks: [
        text(t.springBoot.install),
        file('pom.xml', 'xml', pom),
        file(source('Application'), 'java', application),
      ],
    },
    {
      id: 'configure',
      title: t.titles.configure,
      blocks: [
        text(t.shared.values),
        { type: 'values' },
        text(t.springBoot.configure),
        file(
          'src/main/resources/application.yaml',
          'yaml',
          `
server:
  port: ${port}
spring:
  security:
    oauth2:
      client:
        registration:
          latchkey:
            client-id: "${appId}"
            client-secret: "${appSecret}"
            scope: openid,profile,email
        provider:
          latchkey:
            issuer-uri: ${endpoint}/oidc
`,
        ),
        info(t.shared.secret),
      ],
    },
    redirectUrisSection(context),
    {
      id: 'sign-in',
      title: t.titles.signInAndOut,
      blocks: [
        text(t.springBoot.signIn),
        file(source('SignUpFirstResolver'), 'java', resolver),
        text(t.springBoot.security),
        warning(t.springBoot.algorithm),
        file(source('SecurityConfig'), 'java', securityConfig(postSignOutRedirectUri)),
      ],
    },
    {
      id: 'home',
      title: t.titles.home,
      blocks: [text(t.springBoot.home), file(source('HomeController'), 'java', homeController)],
    },
    checkpointSection(context, `${origin}/`, [text(t.shared.start), commands('mvn spring-boot:run')]),
    nextSection(context, {
      name: 'Spring Security',
      href: 'https://docs.spring.io/spring-security/reference/servlet/oauth2/login/index.html',
    }),
  ];
};
