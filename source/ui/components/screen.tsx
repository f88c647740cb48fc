import {Box, useWindowSize} from 'ink';
import {useReadFirst} from '../hooks/use-read-first.ts';
import {type Shown, useShown} from '../hooks/use-shown.ts';
import {CommandPrompt} from './command-prompt.tsx';
import {FilterPrompt} from './filter-prompt.tsx';
import {Footer} from './footer.tsx';
import {Header} from './header.tsx';
import {Page} from './page.tsx';
import {Tabs} from './tabs.tsx';

/** The whole screen: exactly as many lines as the terminal has. */
export function Screen() {
	const shown = useShown();
	useReadFirst(shown);
	const {columns, rows} = useWindowSize();
	const {foot} = shown.areas;
	return (
		<Box flexDirection="column" width={columns} height={rows} overflow="hidden">
			<Box flexDirection="column" flexGrow={1} flexShrink={1} overflow="hidden">
				<Header shown={shown} />
				<Tabs shown={shown} />
				<Page shown={shown} />
			</Box>
			<Box height={foot} flexShrink={0}>
				<Foot shown={shown} />
			</Box>
		</Box>
	);
}

/** What is typed, or the keys. */
function Foot({shown}: {readonly shown: Shown}) {
	const {mode} = shown.state;
	switch (mode.kind) {
		case 'filter':
			return <FilterPrompt shown={shown} typed={mode.line} />;
		case 'command':
			return <CommandPrompt shown={shown} mode={mode} />;
		default:
			return <Footer shown={shown} />;
	}
}
