import {createSecureContext, rootCertificates, type SecureContext} from 'node:tls';
import {systemAuthorities} from './system-authorities.ts';

/** Trusted authorities and the client certificate, in PEM. */
export type Trust = {
	/** Undefined: the system's store. */
	readonly ca: string | Buffer | undefined;
	/** Whether to trust the system's store in addition to `ca`. */
	readonly isSystemTrusted?: boolean | undefined;
	readonly certificate: string | Buffer | undefined;
	readonly key: string | Buffer | undefined;
	readonly isInsecure: boolean;
};

/** All kubelets of a cluster share one context; each history store and proxy has its own. */
const MAX_KEPT = 16;

const kept = new Map<string, SecureContext>();

/**
 * The OpenSSL context of a connection, cached by content: parsing certificates takes longer than a handshake. Throws if
 * the key does not match the certificate.
 */
export async function secureContext(trust: Trust): Promise<SecureContext> {
	const {ca, isSystemTrusted = ca === undefined, certificate, key, isInsecure} = trust;
	const id = [ca, isSystemTrusted, certificate, key, isInsecure].map(String).join('\n');
	const known = kept.get(id);
	if (known !== undefined) {
		return known;
	}

	const system = isSystemTrusted && !isInsecure ? await systemAuthorities() : undefined;
	const trusted = ca === undefined ? system : [ca, ...(isSystemTrusted ? (system ?? rootCertificates) : [])];
	const context = createSecureContext({
		...(trusted === undefined ? {} : {ca: [...trusted]}),
		...(certificate === undefined ? {} : {cert: certificate}),
		...(key === undefined ? {} : {key}),
		// As in Go, a chain may end at any trusted certificate: an intermediate or the server's own.
		allowPartialTrustChain: true,
	});
	kept.set(id, context);
	for (const oldest of kept.keys()) {
		if (kept.size <= MAX_KEPT) {
			break;
		}

		kept.delete(oldest);
	}

	return context;
}
