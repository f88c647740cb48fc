import {
	EVENTS_ROLE,
	KTOP_ROLE,
	roleManifest,
	serviceAccountManifest,
	WORKLOADS_ROLE,
} from '../cluster/rbac/manifest.ts';
import {RECORDER_IMAGE} from '../cluster/rbac/recorder-image.ts';
import {recorderManifest, SPOOL_FOLDER} from '../cluster/rbac/recorder-manifest.ts';
import type {RbacSubject} from '../cluster/rbac/subject.ts';
import {subjectOfUser} from '../cluster/rbac/subject-of-user.ts';
import {KtopError} from '../metrics/model/failure.ts';
import type {OptionsOf} from '../options/options.ts';
import {type InfluxdbSpec, influxdbUri} from '../options/store-spec.ts';

const NAME = 'ktop';
const RECORDER = 'ktop-record';
const NAMESPACE = 'default';

/** Where Heapster's users have their store. */
const USUAL_STORE = 'http://monitoring-influxdb.kube-system:8086';

/**
 * Prints the manifest with the least rights, for the users and groups that are named, else for a service account, and
 * how to use that. Throws `KtopError` (`usage`).
 */
export async function rbac(options: OptionsOf<'rbac'>): Promise<number> {
	const {selection, recording, grant} = options;
	const {namespaces: [namespace = NAMESPACE, ...others] = []} = selection;
	if (others.length > 0) {
		throw new KtopError({
			code: 'usage',
			brief: '--namespace',
			message: `an account is in one namespace, and -n names ${others.length + 1}`,
			hint: `write -n ${namespace}: the rights are for all namespaces`,
		});
	}

	const subjects: readonly RbacSubject[] = [
		...grant.users.map(subjectOfUser),
		...grant.groups.map(name => ({kind: 'Group', name}) as const),
	];
	const roles = [
		KTOP_ROLE,
		...(grant.hasEvents ? [EVENTS_ROLE] : []),
		...(grant.hasWorkloads ? [WORKLOADS_ROLE] : []),
	];
	process.stdout.write(
		recording.isForRecording
			? `${serviceAccountManifest(NAME, namespace, roles)}---\n${recorder(recording, namespace)}`
			: subjects.length > 0
				? roles.map(role => roleManifest(role, subjects)).join('---\n')
				: `${howToUse(namespace)}${serviceAccountManifest(NAME, namespace, roles)}`,
	);
	return 0;
}

/** Comments of YAML: the manifest goes on to kubectl as it is. */
function howToUse(namespace: string): string {
	return [
		'# A service account for ktop. To use it, from where kubectl reaches the cluster:',
		`#   KTOP_TOKEN=$(kubectl create token ${NAME} --namespace ${namespace}) ktop`,
		`# or run ktop in a pod with serviceAccountName: ${NAME}. To give the rights to people instead:`,
		'#   ktop rbac --for-user USER    (the name that kubectl auth whoami prints)',
		'#   ktop rbac --for-group GROUP',
		'',
	].join('\n');
}

/** The recorder itself. What the sink's URI has of credentials belongs into a Secret, and is left out. */
function recorder({sinks, shard, image}: OptionsOf<'rbac'>['recording'], namespace: string): string {
	const store = sinks.find((sink): sink is InfluxdbSpec => sink.kind === 'influxdb');
	if (store === undefined && sinks.length > 0) {
		throw new KtopError({
			code: 'usage',
			brief: 'no store',
			message: 'a recorder in the cluster writes into a store, and --sink names a file',
			hint: 'give --sink influxdb:URL?db=k8s',
		});
	}

	return recorderManifest({
		name: RECORDER,
		namespace,
		serviceAccount: NAME,
		image: image ?? `${RECORDER_IMAGE}:${process.env.KTOP_VERSION ?? 'latest'}`,
		sink: influxdbUri({url: USUAL_STORE, database: 'k8s', ...store, spoolFolder: SPOOL_FOLDER}),
		recorders: shard?.count ?? 1,
	});
}
