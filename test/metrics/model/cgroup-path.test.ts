import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {parseCgroupPath} from '../../../source/metrics/model/cgroup-path.ts';

const uid = '2a1a1e15-148e-48de-979c-c83c620bb0f6';
const slice = `kubepods-burstable-pod${uid.replaceAll('-', '_')}.slice`;
const id = 'a1'.repeat(32);
const hash = '3fd05899'.repeat(4);

describe('the path of a cgroup', () => {
	test.each([
		[`/kubepods/burstable/pod${uid}`, uid],
		[`/kubepods/pod${uid}`, uid],
		[`/kubepods/besteffort/pod${hash}`, hash],
		[`/kubepods.slice/kubepods-burstable.slice/${slice}`, uid],
		[`/kubepods.slice/kubepods-pod${hash}.slice`, hash],
		[`/docker/${id}/kubelet/kubepods/burstable/pod${uid}`, uid],
	])('%s is a pod', (path, expected) => {
		expect(parseCgroupPath(path)).toEqual({kind: 'pod', uid: expected});
	});

	test.each([
		[`/kubepods/burstable/pod${uid}/${id}`, undefined, uid],
		[`/kubepods.slice/kubepods-burstable.slice/${slice}/cri-containerd-${id}.scope`, 'containerd', uid],
		[`/kubepods.slice/kubepods-burstable.slice/${slice}/crio-${id}.scope`, 'crio', uid],
		[`/kubepods.slice/kubepods-burstable.slice/${slice}/docker-${id}.scope`, 'docker', uid],
		[`/system.slice/containerd.service/${slice}:cri-containerd:${id}`, 'containerd', uid],
		[`/docker/${id}`, 'docker', undefined],
		[`/system.slice/docker-${id}.scope`, 'docker', undefined],
		[`/machine.slice/libpod-${id}.scope`, 'podman', undefined],
		[`/libpod_parent/libpod-${id}`, 'podman', undefined],
		[`/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-${id}.scope`, 'podman', undefined],
	])('%s is a container', (path, runtime, podUid) => {
		expect(parseCgroupPath(path)).toEqual({kind: 'container', runtime, id, podUid});
	});

	test.each([
		['/lxc/web', 'lxc', 'web'],
		['/lxc.payload.web-1', 'lxc', 'web-1'],
		['/machine.slice/machine-my\\x2dvm.scope', 'machine', 'my-vm'],
	])('%s is a system container', (path, runtime, name) => {
		expect(parseCgroupPath(path)).toEqual({kind: 'container', runtime, id: name, podUid: undefined});
	});

	test.each([
		['/system.slice/sshd.service', 'sshd'],
		['/system.slice/system-getty.slice/getty@tty1.service', 'getty@tty1'],
		['/system.slice/systemd\\x2dfoo.service', 'systemd-foo'],
	])('%s is a service', (path, name) => {
		expect(parseCgroupPath(path)).toEqual({kind: 'service', name});
	});

	test.each([
		'/',
		'',
		'/kubepods',
		'/kubepods.slice/kubepods-burstable.slice',
		'/docker',
		'/system.slice',
		'/system.slice/run-credentials.mount',
		'/user.slice/user-0.slice/session-1.scope',
		'/user.slice/user-1000.slice/user@1000.service',
		`/docker/${id}/init.scope`,
		`/docker/${id}/system.slice/nginx.service`,
		`/machine.slice/libpod-conmon-${id}.scope`,
		`/kubepods.slice/${slice}/crio-conmon-${id}.scope`,
	])('%s is nothing of its own', path => {
		expect(parseCgroupPath(path)).toEqual({kind: 'none'});
	});

	test('may be any text', () => {
		fc.assert(
			fc.property(fc.string(), text => {
				expect(parseCgroupPath(text).kind).toMatch(/^(pod|container|service|none)$/);
			}),
		);
	});
});
