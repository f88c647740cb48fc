import type {ClusterAccess} from './access.ts';
import {kubeconfigError} from './kubeconfig/field-reader.ts';
import {oneLine} from './one-line.ts';
import {parseServer} from './server-url.ts';

const replacements: Readonly<Record<string, string>> = {
	gcp: 'install gke-gcloud-auth-plugin, then: gcloud container clusters get-credentials CLUSTER',
	azure: 'install kubelogin, then: kubelogin convert-kubeconfig',
};

/**
 * Validates the selection like client-go (`clientcmd/validation.go`), before files are read or plugins run.
 *
 * @throws KtopError `usage`
 */
export function validateAccess(access: ClusterAccess): void {
	const {cluster, user} = access;
	const who = access.userName === undefined ? 'the user' : `user "${oneLine(access.userName, 100)}"`;
	if (cluster.server === undefined) {
		throw kubeconfigError(
			access.clusterName === undefined
				? `context "${oneLine(access.context ?? '', 100)}" has no cluster`
				: `cluster "${oneLine(access.clusterName, 100)}" has no server`,
			'add the server to the kubeconfig, or pass --server https://HOST:6443',
		);
	}
	const server = parseServer(cluster.server);
	if (server.protocol === 'http:') {
		return;
	}
	if (cluster.isInsecure && cluster.certificateAuthority !== undefined) {
		throw kubeconfigError(
			'a certificate authority and insecure-skip-tls-verify cannot be combined',
			'remove insecure-skip-tls-verify if the certificate authority is right, else the certificate authority',
		);
	}
	if (user.authProvider !== undefined && user.authProvider.name !== 'oidc') {
		throw kubeconfigError(
			`${who} uses auth-provider ${oneLine(user.authProvider.name, 40)}, which Kubernetes removed in 1.26`,
			replacements[user.authProvider.name] ?? 'use an exec credential plugin, or a token',
		);
	}
	if ((user.clientCertificate === undefined) !== (user.clientKey === undefined)) {
		const missing = user.clientKey === undefined ? 'client-key' : 'client-certificate';
		throw kubeconfigError(`${who} has no ${missing}`, `a client certificate needs its key: add ${missing}`);
	}
	const hasToken = user.token !== undefined || user.tokenFile !== undefined;
	if (hasToken && user.username !== undefined) {
		throw kubeconfigError(`${who} has both a token and a username`, 'remove one of the two');
	}
	const {impersonation} = user;
	if (impersonation !== undefined && impersonation.user === undefined) {
		throw kubeconfigError(
			`${who} impersonates groups, a uid or extras without a user`,
			'add --as USER, or "as" to the kubeconfig',
		);
	}
}
