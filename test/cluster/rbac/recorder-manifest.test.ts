import {expect, test} from 'vitest';
import {parseAllDocuments} from 'yaml';
import {recorderManifest} from '../../../source/cluster/rbac/recorder-manifest.ts';

const manifest = recorderManifest({
	name: 'ktop-record',
	namespace: 'monitoring',
	serviceAccount: 'ktop',
	image: 'registry.example/ktop:1.2.3',
	sink: 'influxdb:http://influx:8086?db=k8s',
	recorders: 3,
});
const [service, statefulSet] = parseAllDocuments(manifest).map(document => document.toJSON());
const {spec} = statefulSet;
const pod = spec.template.spec;
const [container] = pod.containers;

test('the recorders are as many as share the nodes, each knowing its part by its name', () => {
	expect(spec.replicas).toBe(3);
	const {command, env} = container;
	expect(command.slice(command.indexOf('--shard'), command.indexOf('--shard') + 2)).toEqual([
		'--shard',
		'$(POD_NAME)/3',
	]);
	expect(env[0]).toEqual({name: 'POD_NAME', valueFrom: {fieldRef: {fieldPath: 'metadata.name'}}});
	expect(command.slice(0, 2)).toEqual(['ktop', 'record']);
	expect(container.image).toBe('registry.example/ktop:1.2.3');
	expect(command).toContain('influxdb:http://influx:8086?db=k8s');
});

test('the service, the selector and the labels are of one name, in one namespace', () => {
	const labels = {'app.kubernetes.io/name': 'ktop-record'};
	expect([service.spec.selector, spec.selector.matchLabels, spec.template.metadata.labels]).toEqual([
		labels,
		labels,
		labels,
	]);
	expect([service.metadata, statefulSet.metadata].map(({namespace}) => namespace)).toEqual([
		'monitoring',
		'monitoring',
	]);
	expect(spec.serviceName).toBe(service.metadata.name);
});

test('what waits for the store outlives the pod', () => {
	const [claim] = spec.volumeClaimTemplates;
	const mount = container.volumeMounts.find(({name}: {name: string}) => name === claim.metadata.name);
	expect(mount.mountPath).toBe('/var/spool/ktop');
});

test('nothing runs as root, or may become it', () => {
	expect(pod.securityContext).toMatchObject({runAsNonRoot: true, seccompProfile: {type: 'RuntimeDefault'}});
	expect(container.securityContext).toEqual({
		allowPrivilegeEscalation: false,
		readOnlyRootFilesystem: true,
		capabilities: {drop: ['ALL']},
	});
});

test('credentials come from a Secret', () => {
	expect(container.envFrom).toEqual([{secretRef: {name: 'ktop-record', optional: true}}]);
});
