import {decodePem} from './decode-pem.ts';
import type {FieldReader} from './field-reader.ts';
import type {ClusterEntry} from './kubeconfig.ts';

/** The name of the extension for exec plugins. */
export const execExtension = 'client.authentication.k8s.io/exec';

/** Decodes `clusters[].cluster`; resolves file paths from `directory`. */
export function decodeCluster(fields: FieldReader, directory: string): ClusterEntry {
	return {
		server: fields.text('server'),
		tlsServerName: fields.text('tls-server-name'),
		isInsecure: fields.flag('insecure-skip-tls-verify'),
		certificateAuthority: decodePem(fields, 'certificate-authority', directory),
		proxyUrl: fields.text('proxy-url'),
		disableCompression: fields.flag('disable-compression'),
		execConfig: fields
			.objects('extensions')
			.find(extension => extension.text('name') === execExtension)
			?.raw('extension'),
	};
}
