import { Box, useComputedColorScheme } from '@mantine/core';
import classes from './connectors.module.css';

type Props = { logo: string; logoDark?: string | null; size?: number };

/** The provider's logo on a tile; the name beside it says the same in words. */
export function ConnectorLogo({ logo, logoDark, size = 40 }: Props) {
  const scheme = useComputedColorScheme('light');
  return (
    <Box className={classes.logo} w={size} h={size}>
      <img src={scheme === 'dark' ? (logoDark ?? logo) : logo} alt="" width={size * 0.6} height={size * 0.6} />
    </Box>
  );
}
