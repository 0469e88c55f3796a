// @ts-check
// People and companies: one function per endpoint.

export const listRepresentatives = (client) => client.get("/api/representatives", { limit: 200 });
export const listContacts = (client, query) => client.get("/api/contacts", query);
export const createContact = (client, values) => client.post("/api/contacts", values);
export const changeContact = (client, id, values, version) => client.patch(`/api/contacts/${id}`, values, version);
export const listCompanies = (client, query) => client.get("/api/companies", query);
export const createCompany = (client, values) => client.post("/api/companies", values);
export const changeCompany = (client, id, values, version) => client.patch(`/api/companies/${id}`, values, version);
