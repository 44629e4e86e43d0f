import type { MessagePhrases } from './index.ts';

export const th: MessagePhrases = {
  smsCode: '{{code}} คือรหัสยืนยันของคุณ',
  smsLink: 'เปิดลิงก์นี้เพื่อดำเนินการต่อ: {{link}}',
  codeLabel: 'รหัสยืนยันของคุณ',
  linkLabel: 'ดำเนินการต่อ',
  linkHint: 'หากปุ่มใช้งานไม่ได้ โปรดคัดลอกที่อยู่นี้ไปวางในเบราว์เซอร์',
  ignore: 'หากคุณไม่ได้ขอข้อความนี้ ไม่ต้องดำเนินการใด ๆ อย่าบอกรหัสหรือส่งลิงก์นี้ให้ใคร',
  types: {
    SignIn: { subject: 'เข้าสู่ระบบบัญชีของคุณ', lead: 'ใช้เพื่อเข้าสู่ระบบ' },
    Register: { subject: 'ยืนยันบัญชีใหม่ของคุณ', lead: 'ยินดีต้อนรับ ใช้เพื่อสร้างบัญชีให้เสร็จสมบูรณ์' },
    ForgotPassword: { subject: 'รีเซ็ตรหัสผ่าน', lead: 'ใช้เพื่อตั้งรหัสผ่านใหม่' },
    OrganizationInvitation: {
      subject: 'คำเชิญเข้าร่วม {{organization.name}}',
      lead: 'คุณได้รับเชิญให้เข้าร่วม {{organization.name}}',
    },
    Generic: { subject: 'รหัสยืนยันของคุณ', lead: 'ใช้เพื่อยืนยันว่าเป็นคุณ' },
    UserPermissionValidation: {
      subject: 'ยืนยันว่าเป็นคุณ',
      lead: 'ใช้เพื่อดำเนินการเปลี่ยนแปลงบัญชีของคุณต่อ',
    },
    BindNewIdentifier: { subject: 'ยืนยันช่องทางติดต่อใหม่', lead: 'ใช้เพื่อเพิ่มลงในบัญชีของคุณ' },
    MfaVerification: { subject: 'รหัสเข้าสู่ระบบของคุณ', lead: 'ใช้เป็นขั้นที่สองของการเข้าสู่ระบบ' },
    BindMfa: { subject: 'ตั้งค่าการยืนยันแบบ 2 ขั้นตอน', lead: 'ใช้เพื่อเปิดใช้รหัสสำหรับการยืนยันแบบ 2 ขั้นตอน' },
  },
};
