import { type CityResponse, open } from 'maxmind';

/** Where a client's address is registered; what is not known is left out. */
export interface Place {
  /** ISO 3166-1 alpha-2. */
  country?: string;
  city?: string;
  latitude?: number;
  longitude?: number;
}

/** What a proxy may say of where a request comes from, and of who sends it. */
export const signalNames = ['country', 'city', 'latitude', 'longitude', 'botScore', 'botVerified'] as const;
export type SignalName = (typeof signalNames)[number];

/** Looks up where an address is. */
export type FindPlace = (ip: string) => Place;

/** Reads the operator's own database file (MaxMind's format); without one nothing is known of any address. */
export async function openPlaces(file: string | undefined): Promise<FindPlace> {
  if (!file) return () => ({});
  // Operators replace the file every week; it is read anew without a restart.
  const reader = await open<CityResponse>(file, { watchForUpdates: true, watchForUpdatesNonPersistent: true });
  return (ip) => {
    const { country, city, location } = reader.get(ip) ?? {};
    return {
      ...(country?.iso_code && { country: country.iso_code }),
      ...(city?.names.en && { city: city.names.en }),
      ...(location && { latitude: location.latitude, longitude: location.longitude }),
    };
  };
}
