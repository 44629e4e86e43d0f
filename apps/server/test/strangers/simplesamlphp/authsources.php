<?php
$config = [
    'people' => [
        'exampleauth:UserPass',
        'hana:Paper-lamp-4-river' => [
            'uid' => ['hana'],
            'mail' => ['hana@example.com'],
            'displayName' => ['佐藤 花 & Co.'],
        ],
    ],
    'latchkey' => [
        'saml:SP',
        'entityID' => getenv('LATCHKEY_TEST_ORIGIN') . '/sp',
        'idp' => getenv('LATCHKEY_TEST_IDP'),
        'NameIDPolicy' => 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
    ],
];
