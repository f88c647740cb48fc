import type {ClusterEntry, UserEntry} from '../kubeconfig/kubeconfig.ts';
import {type Credential, type Credentials, isSameCredential} from './credential.ts';
import {execCredentials, type PluginEnvironment} from './exec-credentials.ts';
import {fileCredentials} from './file-credentials.ts';
import {oidcCredentials} from './oidc-credentials.ts';

const anonymous: Credential = {authorization: undefined, clientCertificate: undefined};

/** For plain http: like kubectl, ktop never sends credentials unencrypted. */
export const noCredentials: Credentials = {current: async () => anonymous, refresh: async () => false};

/** The credentials of a kubeconfig user. As in client-go, a token or password disables exec and auth-provider. */
export function userCredentials(
	user: UserEntry,
	cluster: ClusterEntry,
	surroundings: PluginEnvironment,
): Credentials {
	const files = fileCredentials(user, surroundings.now);
	const hasOwn = user.token !== undefined || user.tokenFile !== undefined || user.username !== undefined;
	const issued = hasOwn ? undefined : issuedCredentials(user, cluster, surroundings);
	if (issued === undefined) {
		return files;
	}
	return user.clientCertificate === undefined ? issued : joinCredentials(issued, files);
}

function issuedCredentials(
	{exec, authProvider}: UserEntry,
	cluster: ClusterEntry,
	surroundings: PluginEnvironment,
): Credentials | undefined {
	if (exec !== undefined) {
		return execCredentials(exec, cluster, surroundings);
	}
	return authProvider && oidcCredentials(authProvider, surroundings.now);
}

/** The token of a plugin or provider with a certificate from files; the plugin's certificate takes precedence. */
function joinCredentials(plugin: Credentials, files: Credentials): Credentials {
	let known: Credential | undefined;
	const current = async (): Promise<Credential> => {
		const fromPlugin = await plugin.current();
		const joined: Credential = {
			authorization: fromPlugin.authorization,
			clientCertificate: fromPlugin.clientCertificate ?? (await files.current()).clientCertificate,
		};
		if (known === undefined || !isSameCredential(known, joined)) {
			known = joined;
		}
		return known;
	};
	return {
		current,
		refresh: async rejected => {
			if (!isSameCredential(await current(), rejected)) {
				return true;
			}
			const fromPlugin = await plugin.current();
			const hasNewer = await plugin.refresh(fromPlugin);
			return (await files.refresh(await files.current())) || hasNewer;
		},
		waitsFor: plugin.waitsFor,
	};
}
