import type { MessagePhrases } from './index.ts';

export const ko: MessagePhrases = {
  smsCode: '인증 코드: {{code}}',
  smsLink: '계속하려면 다음 링크를 열어 주세요: {{link}}',
  codeLabel: '인증 코드',
  linkLabel: '계속',
  linkHint: '버튼이 작동하지 않으면 다음 주소를 브라우저에 붙여 넣어 주세요.',
  ignore: '요청하지 않으셨다면 이 메시지를 무시해 주세요. 코드나 링크를 다른 사람에게 절대 알려 주지 마세요.',
  types: {
    SignIn: { subject: '로그인 확인', lead: '로그인하려면 아래 내용을 사용해 주세요.' },
    Register: { subject: '새 계정 확인', lead: '환영합니다! 계정을 완성하려면 아래 내용을 사용해 주세요.' },
    ForgotPassword: { subject: '비밀번호 재설정', lead: '새 비밀번호를 정하려면 아래 내용을 사용해 주세요.' },
    OrganizationInvitation: {
      subject: '{{organization.name}} 초대',
      lead: '{{organization.name}}에 초대되었습니다.',
    },
    Generic: { subject: '인증 코드 안내', lead: '본인 확인을 위해 아래 내용을 사용해 주세요.' },
    UserPermissionValidation: {
      subject: '본인 확인',
      lead: '계정 변경을 계속하려면 아래 내용을 사용해 주세요.',
    },
    BindNewIdentifier: { subject: '새 연락처 확인', lead: '계정에 추가하려면 아래 내용을 사용해 주세요.' },
    MfaVerification: { subject: '로그인 인증 코드', lead: '로그인의 2단계 인증에 아래 내용을 사용해 주세요.' },
    BindMfa: { subject: '2단계 인증 설정', lead: '코드를 이용한 2단계 인증을 켜려면 아래 내용을 사용해 주세요.' },
  },
};
