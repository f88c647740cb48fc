import {describe, expect, test} from 'vitest';
import {FOREIGN_INTERFACES} from '../../../source/history/prometheus/interfaces.ts';
import {checkLabels, parseMatchers} from '../../../source/history/prometheus/labels.ts';
import {isNodeInterface} from '../../../source/metrics/node-interface.ts';

describe('matchers', () => {
	test.each([
		[undefined, []],
		['  ', []],
		['{}', []],
		['cluster="prod"', ['cluster="prod"']],
		['{cluster="prod",}', ['cluster="prod"']],
		['cluster="prod", job=~"kubelet|cadvisor"', ['cluster="prod", job=~"kubelet|cadvisor"']],
		[String.raw`a="x\"}",b!='y',c!~"z"`, [String.raw`a="x\"}",b!='y',c!~"z"`]],
	])('%j are read', (text, matchers) => {
		expect(parseMatchers(text)).toEqual(matchers);
	});

	test.each(['prod', 'cluster=prod', 'cluster="prod"} or vector(1) or x{a="b"', 'a="b" c="d"', 'a="b'])(
		'%j are turned down',
		text => {
			expect(() => parseMatchers(text)).toThrow(
				expect.objectContaining({code: 'usage', brief: 'bad matchers'}),
			);
		},
	);
});

test('a label that is none is turned down', () => {
	checkLabels({node: 'kubernetes_io_hostname', pod: '_p0'});
	expect(() => checkLabels({node: 'a-b'})).toThrow(
		expect.objectContaining({code: 'usage', message: '--history cannot take "a-b" as the label of a node'}),
	);
});

test.each(
	'lo eth0 ens5 enp3s0 bond0 wlan0 team0 veth12ab cni0 docker0 br-1f virbr0 cali12 flannel.1 cilium_host lxc_health lxdbr0 kube-ipvs0 nodelocaldns ifb0 dummy0 tunl0 tun0 tap1 gre0 gretap0 erspan0 sit0 ip6tnl0 ip_vti0 vxlan.calico geneve0 genev_sys_6081 weave datapath antrea-gw0 ovn-k8s-mp0 ovs-system podman0 azv1 eni0123456789a gke0123456789a vnet0 kata0 bonding_masters wg0'.split(
		' ',
	),
)('the interface %s is a node’s own in the past where it is live', name => {
	expect(!new RegExp(`^(?:${FOREIGN_INTERFACES})$`).test(name)).toBe(isNodeInterface(name));
});
