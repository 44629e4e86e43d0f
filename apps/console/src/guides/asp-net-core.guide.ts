import type { GuideContent } from './guide.types.ts';
import {
  addressOf,
  checkpointSection,
  commands,
  file,
  nextSection,
  redirectUrisSection,
  text,
} from './guide-blocks.ts';

export const content: GuideContent = (context) => {
  const { t, endpoint, appId, appSecret, redirectUri, postSignOutRedirectUri } = context;
  const { origin, path } = addressOf(redirectUri);
  return [
    {
      id: 'install',
      title: t.titles.install,
      blocks: [
        text(t.aspNetCore.install),
        commands(`
dotnet new web --name bookstore
cd bookstore
dotnet add package Logto.AspNetCore.Authentication
`),
      ],
    },
    {
      id: 'configure',
      title: t.titles.configure,
      blocks: [
        text(t.shared.values),
        { type: 'values' },
        text(t.aspNetCore.configure),
        commands(`
dotnet user-secrets init
dotnet user-secrets set "Logto:Endpoint" "${endpoint}/"
dotnet user-secrets set "Logto:AppId" "${appId}"
dotnet user-secrets set "Logto:AppSecret" "${appSecret}"
`),
        text(t.aspNetCore.program),
        text(t.shared.oneFile),
        file(
          'Program.cs',
          'csharp',
          `
using System.Security.Claims;
using System.Text.Encodings.Web;
using Logto.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;

var builder = WebApplication.CreateBuilder(args);

builder.Services.AddLogtoAuthentication(options =>
{
    options.Endpoint = builder.Configuration["Logto:Endpoint"]!;
    options.AppId = builder.Configuration["Logto:AppId"]!;
    options.AppSecret = builder.Configuration["Logto:AppSecret"];
    options.Scopes = [LogtoParameters.Scopes.Email];
    options.CallbackPath = "${path}";
    options.SignedOutCallbackPath = "${addressOf(postSignOutRedirectUri).path}";
});
builder.Services.Configure<OpenIdConnectOptions>(
    LogtoDefaults.AuthenticationScheme,
    options => options.RequireHttpsMetadata = !builder.Environment.IsDevelopment());
builder.Services.AddAuthorization();

var app = builder.Build();
app.UseAuthentication();
app.UseAuthorization();
`,
        ),
      ],
    },
    redirectUrisSection(context),
    {
      id: 'sign-in',
      title: t.titles.signIn,
      blocks: [
        text(t.aspNetCore.signIn),
        file(
          'Program.cs',
          'csharp',
          `
app.MapGet("/sign-in", () => Results.Challenge(new AuthenticationProperties { RedirectUri = "/" }));

app.MapGet("/sign-up", () =>
{
    var properties = new AuthenticationProperties { RedirectUri = "/" };
    properties.SetParameter("first_screen", "register");
    return Results.Challenge(properties);
});
`,
        ),
      ],
    },
    { id: 'callback', title: t.titles.callback, blocks: [text(t.aspNetCore.callback)] },
    {
      id: 'sign-out',
      title: t.titles.signOut,
      blocks: [
        text(t.aspNetCore.signOut),
        file(
          'Program.cs',
          'csharp',
          `
app.MapGet("/sign-out", () => Results.SignOut(new AuthenticationProperties { RedirectUri = "/" }));
`,
        ),
      ],
    },
    {
      id: 'home',
      title: t.titles.home,
      blocks: [
        text(t.aspNetCore.home),
        file(
          'Program.cs',
          'csharp',
          `
app.MapGet("/", (ClaimsPrincipal user) =>
{
    if (user.Identity?.IsAuthenticated != true)
    {
        return Results.Content("""
            <p>Not signed in.</p>
            <a href="/sign-in">Sign in</a>
            <a href="/sign-up">Create an account</a>
            """, "text/html");
    }
    var claims = string.Join("\\n", user.Claims.Select(claim => $"{claim.Type}: {claim.Value}"));
    return Results.Content(
        $"<pre>{HtmlEncoder.Default.Encode(claims)}</pre><a href='/sign-out'>Sign out</a>",
        "text/html");
});

app.MapGet("/orders", () => "Only signed-in users see this.").RequireAuthorization();

app.Run();
`,
        ),
      ],
    },
    checkpointSection(context, `${origin}/`, [
      text(t.aspNetCore.run),
      commands(`
dotnet dev-certs https --trust
dotnet run --urls ${origin}
`),
    ]),
    nextSection(context, {
      name: 'Logto.AspNetCore.Authentication (NuGet)',
      href: 'https://www.nuget.org/packages/Logto.AspNetCore.Authentication',
    }),
  ];
};
