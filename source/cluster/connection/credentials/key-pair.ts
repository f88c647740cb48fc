import {createPrivateKey, X509Certificate} from 'node:crypto';
import type {ClientCertificate} from '../../../http/endpoint.ts';

/** Whether both are valid PEM and the key matches the certificate. */
export function isKeyOf({certificate, key}: ClientCertificate): boolean {
	try {
		return new X509Certificate(certificate).checkPrivateKey(createPrivateKey(key));
	} catch {
		return false;
	}
}
