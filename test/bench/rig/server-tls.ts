import {readFileSync} from 'node:fs';
import {join} from 'node:path';

/** The folder of the rig's certificates. */
export const TLS_FOLDER = join(import.meta.dirname, '../../fixtures/tls');

/** The options of the rig's servers. Connections outlast the pause between two visits. */
export const SERVER_TLS = {
	cert: readFileSync(join(TLS_FOLDER, 'server-ip.crt')),
	key: readFileSync(join(TLS_FOLDER, 'server-ip.key')),
	keepAliveTimeout: 300_000,
};
