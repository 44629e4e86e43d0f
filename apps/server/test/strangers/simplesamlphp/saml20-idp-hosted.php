<?php
$metadata[getenv('LATCHKEY_TEST_ORIGIN') . '/idp'] = [
    'host' => '__DEFAULT__',
    'privatekey' => 'key.pem',
    'certificate' => 'certificate.pem',
    'auth' => 'people',
    'saml20.sign.response' => true,
    'saml20.sign.assertion' => true,
];
