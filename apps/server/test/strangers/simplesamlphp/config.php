<?php
// SimpleSAMLphp as identity provider and as service provider; what changes between runs comes by the environment.
$home = getenv('LATCHKEY_TEST_HOME');
$config = [
    'baseurlpath' => getenv('LATCHKEY_TEST_ORIGIN') . '/',
    'certdir' => "$home/",
    'loggingdir' => "$home/",
    'datadir' => "$home/",
    'tempdir' => "$home/",
    'metadatadir' => __DIR__ . '/',
    'attributenamemapdir' => getenv('LATCHKEY_TEST_ATTRIBUTE_MAPS'),
    'secretsalt' => 'a salt of this test alone',
    'auth.adminpassword' => 'Brass-latch-9-door',
    'logging.handler' => 'stderr',
    'enable.saml20-idp' => true,
    'module.enable' => ['core' => true, 'exampleauth' => true, 'saml' => true],
    'session.cookie.secure' => false,
    'session.cookie.samesite' => null,
    'store.type' => 'phpsession',
    'session.phpsession.savepath' => $home,
    'metadata.sources' => [
        ['type' => 'flatfile'],
        ['type' => 'xml', 'file' => "$home/latchkey.xml"],
    ],
];
