import { keepDocument } from './navigation.ts';
import { enhancePage } from './page.ts';

// The pages work without any of this, but for passkeys and the robot check.
enhancePage();
keepDocument();
