import {Box, useWindowSize} from 'ink';
import {useReadFirst} from '../hooks/use-read-first.ts';
import {useShown} from '../hooks/use-shown.ts';
import {FilterLine} from './filter-line.tsx';
import {Footer} from './footer.tsx';
import {Header} from './header.tsx';
import {Page} from './page.tsx';
import {Tabs} from './tabs.tsx';

/** The whole screen: exactly as many lines as the terminal has. */
export function Screen() {
	const shown = useShown();
	useReadFirst(shown);
	const {columns, rows} = useWindowSize();
	const {mode} = shown.state;
	return (
		<Box flexDirection="column" width={columns} height={rows} overflow="hidden">
			<Box flexDirection="column" flexGrow={1} flexShrink={1} overflow="hidden">
				<Header shown={shown} />
				<Tabs shown={shown} />
				<Page shown={shown} />
			</Box>
			<Box height={1} flexShrink={0}>
				{mode.kind === 'filter' ? <FilterLine shown={shown} typed={mode.line} /> : <Footer shown={shown} />}
			</Box>
		</Box>
	);
}
