import {createSecureContext, rootCertificates, type SecureContext} from 'node:tls';
import {systemAuthorities} from './system-authorities.ts';

/** PEM texts: whom to trust, and the certificate to show. */
export type Trust = {
	/** Without one the system's store counts. */
	readonly ca: string | Buffer | undefined;
	/** The system's store counts besides `ca`. */
	readonly isSystemTrusted?: boolean | undefined;
	readonly certificate: string | Buffer | undefined;
	readonly key: string | Buffer | undefined;
	readonly isInsecure: boolean;
};

/** Clusters share one for all kubelets; stores and proxies have theirs. */
const MAX_KEPT = 16;

const kept = new Map<string, SecureContext>();

/**
 * What OpenSSL needs for a connection. To read certificates takes longer than a handshake, so servers with the same
 * trust share one. Throws where key and certificate do not belong together.
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
		// As in Go, any certificate that is trusted ends the chain, be it an intermediate or the server's own.
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
