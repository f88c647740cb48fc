import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {anonymousUser, emptyCluster} from '../../../source/cluster/connection/access.ts';
import type {ClusterEntry, UserEntry} from '../../../source/cluster/connection/kubeconfig/kubeconfig.ts';

const directory = new URL('../../fixtures/kubeconfig/tls/', import.meta.url);

/** Certificates of a test authority, valid for a hundred years: `alice.crt`, `alice.key`, `ca.crt`, … */
export const tlsPath = (name: string): string => fileURLToPath(new URL(name, directory));
export const tlsText = (name: string): string => readFileSync(tlsPath(name), 'utf8');

export const userWith = (fields: Partial<UserEntry>): UserEntry => ({...anonymousUser, ...fields});
export const clusterWith = (fields: Partial<ClusterEntry>): ClusterEntry => ({...emptyCluster, ...fields});

/** A clock that moves when told. */
export const clockAt = (start: number) => {
	let time = start;
	return {
		now: () => time,
		advance: (ms: number) => {
			time += ms;
		},
	};
};
