<?php
return [
    'default' => 'pgsql',
    'migrations' => 'migrations',
    'connections' => [
        'pgsql' => [
            'driver' => 'pgsql',
            'host' => getenv('PGHOST'),
            'port' => getenv('PGPORT'),
            'database' => getenv('PGDATABASE'),
            'username' => getenv('PGUSER'),
            'password' => getenv('PGPASSWORD'),
            'charset' => 'utf8',
            'schema' => 'public',
        ],
    ],
];
