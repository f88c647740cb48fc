import {resolve} from 'node:path';
import type {ClusterAccess} from './access.ts';
import type {ClusterEntry, Impersonation, PemSource, UserEntry} from './kubeconfig/kubeconfig.ts';
import type {ConnectionFlags} from './options.ts';

const pemFile = (path: string | undefined): PemSource | undefined =>
	path ? {kind: 'file', path: resolve(path)} : undefined;

/** Overrides the kubeconfig by flags, with kubectl's precedence (client-go, `DirectClientConfig`). */
export function applyFlags(access: ClusterAccess, flags: ConnectionFlags): ClusterAccess {
	return {
		...access,
		namespace: flags.namespace || access.namespace,
		cluster: overrideCluster(access.cluster, flags),
		user: overrideUser(access.user, flags),
	};
}

function overrideCluster(cluster: ClusterEntry, flags: ConnectionFlags): ClusterEntry {
	const authority = pemFile(flags.certificateAuthority);
	const isInsecure = flags.isInsecure === true || (authority === undefined && cluster.isInsecure);
	return {
		...cluster,
		server: flags.server || cluster.server,
		tlsServerName: flags.tlsServerName || cluster.tlsServerName,
		isInsecure,
		// The flag that skips verification drops the kubeconfig's authority, but not one given as a flag.
		certificateAuthority: authority ?? (flags.isInsecure ? undefined : cluster.certificateAuthority),
	};
}

function overrideUser(user: UserEntry, flags: ConnectionFlags): UserEntry {
	const certificate = pemFile(flags.clientCertificate);
	const key = pemFile(flags.clientKey);
	const withCertificate: UserEntry = {
		...user,
		clientCertificate: certificate ?? user.clientCertificate,
		clientKey: key ?? user.clientKey,
		impersonation: overrideImpersonation(user.impersonation, flags),
	};
	if (!flags.token && !flags.tokenFile) {
		return withCertificate;
	}
	// A token flag replaces plugins and passwords.
	return {
		...withCertificate,
		token: flags.token,
		tokenFile: flags.tokenFile && resolve(flags.tokenFile),
		username: undefined,
		password: undefined,
		exec: undefined,
		authProvider: undefined,
	};
}

function overrideImpersonation(
	current: Impersonation | undefined,
	flags: ConnectionFlags,
): Impersonation | undefined {
	const groups = flags.asGroups ?? [];
	if (!flags.as && !flags.asUid && groups.length === 0) {
		return current;
	}
	return {
		user: flags.as || current?.user,
		uid: flags.asUid || current?.uid,
		groups: groups.length > 0 ? groups : (current?.groups ?? []),
		extra: current?.extra ?? new Map(),
	};
}
