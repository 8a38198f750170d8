"""English facts of company documents; see facts_pt.py for the format."""

RELATIONS = """
city days
Orders to {e} are delivered within {v}.
For {e}, the delivery time is {v}.
The delivery time for {e} is {v}.
{e}: delivery in {v}.
? What is the delivery time for {e}?
? How long does delivery to {e} take?
? When are orders to {e} delivered?

city money
Shipping to {e} costs {v}.
The shipping fee for {e} is {v}.
We charge {v} to ship to {e}.
? How much does shipping to {e} cost?
? What is the shipping fee for {e}?

city hours
The {e} store is open {v}.
The {e} office is open {v}.
In {e}, opening hours are {v}.
? When is the {e} store open?
? What are the opening hours in {e}?
? What are the opening hours of the {e} office?

city address
The {e} branch is at {v}.
The address of the {e} office is {v}.
? Where is the {e} branch?
? What is the address of the {e} office?

city person
The manager of the {e} branch is {v}.
{v} manages the {e} branch.
? Who is the manager of the {e} branch?
? Who manages the {e} branch?

city phone
The phone number of the {e} office is {v}.
To reach the {e} branch, call {v}.
? What is the phone number of the {e} office?
? What number do I call to reach the {e} branch?

city money
Hotel rooms in {e} are limited to {v} per night.
In {e}, the hotel limit is {v}.
? What is the hotel limit in {e}?
? How much can I spend on a hotel in {e}?

city date
The {e} branch opened on {v}.
We opened our {e} office on {v}.
? When did the {e} branch open?
? On what date did the {e} office open?

city count
The {e} branch has {v} employees.
{v} people work at the {e} office.
? How many employees does the {e} branch have?
? How many people work at the {e} office?

city carrier
In {e}, our carrier is {v}.
Deliveries in {e} are made by {v}.
? Which carrier do we use in {e}?
? Who makes deliveries in {e}?

city weekday
Pickups in {e} happen every {v}.
Goods leave {e} every {v}.
? On what day do pickups in {e} happen?
? When do goods leave {e}?

product money
The price of the {e} is {v}.
The {e} costs {v}.
{e}: {v}.
? How much does the {e} cost?
? What is the price of the {e}?

product months
The warranty of the {e} is {v}.
The {e} comes with a warranty of {v}.
? What is the warranty of the {e}?
? How long is the warranty of the {e}?

product code
The code of the {e} is {v}.
The {e} is registered under code {v}.
? What is the code of the {e}?
? Under what code is the {e} registered?

product color
The {e} is available in {v}.
The standard color of the {e} is {v}.
? What is the color of the {e}?
? In what color is the {e} available?

product weight
The {e} weighs {v}.
The weight of the {e} is {v}.
? How much does the {e} weigh?
? What is the weight of the {e}?

product carrier
The supplier of the {e} is {v}.
The {e} is made by {v}.
We buy the {e} from {v}.
? Who makes the {e}?
? Who is the supplier of the {e}?
? From whom do we buy the {e}?

product percent
The cash discount on the {e} is {v}.
Paid in cash, the {e} is {v} cheaper.
? What is the cash discount on the {e}?

product place
The {e} is kept {v}.
Store the {e} {v} after use.
? Where is the {e} kept?
? Where should I store the {e}?

product count
There are {v} units of the {e} in stock.
The minimum stock of the {e} is {v} units.
? How many units of the {e} are in stock?
? What is the stock of the {e}?

product days
The {e} can be borrowed for up to {v}.
The loan of the {e} lasts {v}.
? For how long can the {e} be borrowed?
? How long is the loan of the {e}?

product months
The {e} must be replaced every {v}.
The service life of the {e} is {v}.
? How often must the {e} be replaced?
? What is the service life of the {e}?

dept phone
The extension of the {e} department is {v}.
To talk to the {e} department, call {v}.
? What is the extension of the {e} department?
? How do I call the {e} department?

dept email
The e-mail of the {e} department is {v}.
Write to {v} to reach the {e} department.
? What is the e-mail of the {e} department?
? How do I write to the {e} department?

dept person
The head of the {e} department is {v}.
{v} runs the {e} department.
? Who is the head of the {e} department?
? Who runs the {e} department?

dept hours
The {e} department is open {v}.
The {e} department answers {v}.
? When is the {e} department open?
? What are the hours of the {e} department?

dept floor
The {e} department is {v}.
You will find the {e} department {v}.
? Where is the {e} department?
? On which floor is the {e} department?

dept money
The yearly budget of the {e} department is {v}.
The {e} department received {v} this year.
? What is the yearly budget of the {e} department?
? How much did the {e} department receive this year?

dept weekday
The {e} department meets every {v}.
The meeting of the {e} department is on {v}.
? When does the {e} department meet?
? On what day is the meeting of the {e} department?

dept system
The {e} department uses {v}.
Requests for the {e} department are filed in {v}.
? Which system does the {e} department use?
? Where are requests for the {e} department filed?

dept hoursn
The {e} department replies within {v}.
The response time of the {e} department is {v}.
? How fast does the {e} department reply?
? What is the response time of the {e} department?

plan money
The {e} plan costs {v} per month.
The monthly fee of the {e} plan is {v}.
? How much does the {e} plan cost?
? What is the monthly fee of the {e} plan?

plan count
The {e} plan allows up to {v} users.
On the {e} plan, the limit is {v} users.
? How many users does the {e} plan allow?
? What is the user limit of the {e} plan?

plan hoursn
On the {e} plan, support answers within {v}.
The support response time of the {e} plan is {v}.
? How fast does support answer on the {e} plan?
? What is the support response time of the {e} plan?

plan storage
The {e} plan includes {v} of storage.
The storage of the {e} plan is {v}.
? How much storage does the {e} plan include?
? What is the storage of the {e} plan?

plan months
The minimum term of the {e} plan is {v}.
The {e} plan has a minimum term of {v}.
? What is the minimum term of the {e} plan?

plan money
The fee for cancelling the {e} plan is {v}.
Cancelling the {e} plan early costs {v}.
? What is the fee for cancelling the {e} plan?
? How much does it cost to cancel the {e} plan?

role money
The starting salary of a {e} is {v}.
A {e} earns {v}.
? What is the starting salary of a {e}?
? How much does a {e} earn?

role hoursn
A {e} works {v} per week.
The working week of a {e} is {v}.
? How many hours per week does a {e} work?
? How long is the working week of a {e}?

role count
There are {v} openings for a {e}.
We have {v} vacancies for the position of {e}.
? How many openings are there for a {e}?
? How many vacancies are there for the position of {e}?

role date
Applications for {e} close on {v}.
The selection of a {e} ends on {v}.
? When do applications for {e} close?
? When does the selection of a {e} end?

role equip
Every {e} receives {v} when hired.
A new {e} gets {v}.
? What does a {e} receive when hired?
? What does a new {e} get?

system code
The initial password of the {e} system is {v}.
To sign in to the {e} system for the first time, use the password {v}.
? What is the initial password of the {e} system?
? Which password do I use to sign in to the {e} system for the first time?

system url
The address of the {e} system is {v}.
Open the {e} system at {v}.
? What is the address of the {e} system?
? Where do I open the {e} system?

system days
The password of the {e} system expires every {v}.
In the {e} system, the password must be changed every {v}.
? When does the password of the {e} system expire?
? How often must I change the password of the {e} system?

system count
The {e} system locks the account after {v} attempts.
After {v} wrong attempts, the {e} system locks the account.
? After how many attempts does the {e} system lock the account?
? How many wrong attempts lock the {e} system?

system hour
The backup of the {e} system runs at {v}.
Every day, the {e} system is backed up at {v}.
? When does the backup of the {e} system run?
? At what time is the {e} system backed up?

system person
The administrator of the {e} system is {v}.
Ask {v} for access to the {e} system.
? Who is the administrator of the {e} system?
? Whom do I ask for access to the {e} system?

system minutes
The session of the {e} system ends after {v} of inactivity.
The {e} system signs you out after {v}.
? After how long does the session of the {e} system end?
? When does the {e} system sign me out?

system version
The current version of the {e} system is {v}.
The {e} system is at version {v}.
? What is the current version of the {e} system?
? Which version is the {e} system at?

project date
The {e} project ends on {v}.
The delivery date of the {e} project is {v}.
? When does the {e} project end?
? What is the delivery date of the {e} project?

project person
The leader of the {e} project is {v}.
{v} leads the {e} project.
? Who leads the {e} project?
? Who is the leader of the {e} project?

project money
The budget of the {e} project is {v}.
The {e} project will cost {v}.
? What is the budget of the {e} project?
? How much will the {e} project cost?

project carrier
The client of the {e} project is {v}.
The {e} project was ordered by {v}.
? Who is the client of the {e} project?
? Who ordered the {e} project?

project count
The {e} project involves {v} people.
The team of the {e} project has {v} members.
? How many people does the {e} project involve?
? How many members does the team of the {e} project have?

order date
Order {e} was shipped on {v}.
We shipped order {e} on {v}.
? When was order {e} shipped?
? On what date did you ship order {e}?

order money
The total of order {e} is {v}.
Order {e} came to {v}.
? What is the total of order {e}?
? How much did order {e} come to?

order code
The tracking code of order {e} is {v}.
Track order {e} with the code {v}.
? What is the tracking code of order {e}?
? With which code do I track order {e}?

order status
Order {e} is {v}.
The status of order {e} is: {v}.
? What is the status of order {e}?
? How is order {e}?

event date
{e} takes place on {v}.
The date of {e} is {v}.
? When does {e} take place?
? What is the date of {e}?

event venue
{e} will be held at the {v}.
The venue of {e} is the {v}.
? Where will {e} be held?
? What is the venue of {e}?

event hour
{e} starts at {v}.
The doors of {e} open at {v}.
? At what time does {e} start?
? When do the doors of {e} open?

course hoursn
The {e} course takes {v}.
The length of the {e} course is {v}.
? How long does the {e} course take?
? What is the length of the {e} course?

course person
The {e} course is taught by {v}.
{v} teaches the {e} course.
? Who teaches the {e} course?

course money
The {e} course costs {v}.
The fee of the {e} course is {v}.
? How much does the {e} course cost?
? What is the fee of the {e} course?

doc days
The {e} must be kept for {v}.
Keep the {e} for {v}.
? For how long must the {e} be kept?
? How long do I keep the {e}?

doc person
The {e} must be signed by {v}.
{v} signs the {e}.
? Who signs the {e}?
? By whom must the {e} be signed?

leave days
Leave for {e} is {v}.
In case of {e}, employees may be absent for {v}.
? How long is the leave for {e}?
? For how long may I be absent in case of {e}?

benefit money
The {e} is {v} per month.
The company pays {v} for the {e}.
? How much is the {e}?
? How much does the company pay for the {e}?

benefit months
The {e} starts after {v} of employment.
The waiting period of the {e} is {v}.
? When does the {e} start?
? What is the waiting period of the {e}?

benefit percent
The company deducts {v} of the salary for the {e}.
The deduction for the {e} is {v}.
? What is the deduction for the {e}?
? How much of the salary is deducted for the {e}?

expense money
The refund limit for {e} is {v} per day.
Expenses with {e} are refunded up to {v}.
? What is the refund limit for {e}?
? Up to how much are expenses with {e} refunded?

expense days
Refunds of {e} must be requested within {v}.
You have {v} to claim {e}.
? When must refunds of {e} be requested?
? How long do I have to claim {e}?

expense rolewho
Expenses with {e} are approved by the {v}.
The {v} approves expenses with {e}.
? Who approves expenses with {e}?

meal hours
The {e} is served {v}.
? When is the {e} served?
? At what time is the {e} served?

room count
The {e} room holds {v} people.
The capacity of the {e} room is {v} people.
? How many people does the {e} room hold?
? What is the capacity of the {e} room?

room floor
The {e} room is {v}.
You will find the {e} room {v}.
? Where is the {e} room?
? On which floor is the {e} room?

vehicle code
The license plate of the {e} is {v}.
The {e} has plate {v}.
? What is the license plate of the {e}?

vehicle person
The driver of the {e} is {v}.
{v} drives the {e}.
? Who drives the {e}?
? Who is the driver of the {e}?

person date
{e} goes on holiday on {v}.
The holidays of {e} start on {v}.
? When does {e} go on holiday?
? When do the holidays of {e} start?

person job
{e} works as {v}.
The position of {e} is {v}.
? What is the position of {e}?
? As what does {e} work?

person phone
The mobile number of {e} is {v}.
The phone number of {e} is {v}.
? What is the phone number of {e}?
? What is the mobile number of {e}?

person email
The e-mail of {e} is {v}.
Write to {e} at {v}.
? What is the e-mail of {e}?
? At which address do I write to {e}?

person city
{e} lives in {v}.
{e} is based in {v}.
? Where does {e} live?
? Where is {e} based?

person person
{e} reports to {v}.
The supervisor of {e} is {v}.
? Who is the supervisor of {e}?
? To whom does {e} report?

customer days
{e} pays within {v}.
The payment term of {e} is {v}.
? What is the payment term of {e}?
? Within what time does {e} pay?

customer percent
{e} gets a discount of {v}.
The discount agreed with {e} is {v}.
? What discount does {e} get?
? What is the discount agreed with {e}?

customer date
The contract with {e} expires on {v}.
The agreement with {e} is valid until {v}.
? When does the contract with {e} expire?
? Until when is the agreement with {e} valid?

customer person
Our contact at {e} is {v}.
At {e}, talk to {v}.
? Who is our contact at {e}?
? With whom do I talk at {e}?

customer city
The headquarters of {e} is in {v}.
{e} is headquartered in {v}.
? Where is the headquarters of {e}?
? In which city is {e} headquartered?

ent ent
The capital of {e} is {v}.
{v} is the capital of {e}.
? What is the capital of {e}?
? Which city is the capital of {e}?

ent person
{v} invented {e}.
The inventor of {e} was {v}.
? Who invented {e}?

ent date
{e} was founded on {v}.
The founding of {e} took place on {v}.
? When was {e} founded?
? On what date was {e} founded?

ent ent
The language spoken in {e} is {v}.
In {e} people speak {v}.
? What language is spoken in {e}?
? Which language do people speak in {e}?

ent code
The access code of {e} is {v}.
To enter {e} use the code {v}.
? What is the access code of {e}?
? Which code do I use to enter {e}?

ent color
The color of {e} is {v}.
{e} is {v}.
? What is the color of {e}?
? What color is {e}?

ent count
The population of {e} is {v}.
{e} has {v} inhabitants.
? What is the population of {e}?
? How many inhabitants does {e} have?

- days
Customers have {v} to return a product.
Products may be returned within {v} of receipt.
? How long do I have to return a product?
? Within what time may products be returned?

- days
Refunds are paid within {v} of approval.
Your money is returned in {v}.
? When are refunds paid?
? When is my money returned?

- days
Holidays must be requested {v} in advance.
Ask for your holidays at least {v} ahead.
? How far in advance must holidays be requested?
? How long in advance do I ask for holidays?

- days
Every employee has {v} of paid holidays per year.
You get {v} of holidays a year.
? How many days of holidays do I get?
? How many days of paid holidays does an employee have?

- count
Passwords must have at least {v} characters.
Choose passwords of {v} characters or more.
? How many characters must a password have?
? What is the minimum length of a password?

- hours
Support is available {v}.
The support hours are {v}.
? What are the support hours?
? When is support available?

- phone
In an emergency, call {v}.
The emergency number is {v}.
? What is the emergency number?
? What number do I call in an emergency?

- email
Send invoices to {v}.
Invoices must be sent to {v}.
? Where do I send invoices?
? To which address must invoices be sent?

- day
Salaries are paid {v}.
Payday is {v}.
? When are salaries paid?
? When is payday?

- money
Orders above {v} ship for free.
Shipping is free from {v}.
? From what amount is shipping free?
? Above what amount do orders ship for free?

- percent
Late payments carry a fine of {v}.
The fine for paying late is {v}.
? What is the fine for late payments?

- days
Working from home is allowed {v} per week.
You may work from home {v} per week.
? How many days per week may I work from home?

- months
The trial period lasts {v}.
New employees have a trial period of {v}.
? How long is the trial period?

- days
The notice period is {v}.
Employees who resign give {v} of notice.
? How long is the notice period?

- days
Medical certificates must be handed in within {v}.
Hand in the medical certificate in {v}.
? When must medical certificates be handed in?

- count
Purchases can be paid in up to {v} installments.
We accept payment in {v} installments.
? In how many installments can purchases be paid?

- money
Flights above {v} need approval from the board.
The board approves flights that cost more than {v}.
? Above what price do flights need approval?

- kmoney
Each kilometer driven is refunded at {v}.
We pay {v} per kilometer driven.
? How much is paid per kilometer driven?

- person
The data protection officer is {v}.
{v} is in charge of data protection.
? Who is the data protection officer?
? Who is in charge of data protection?

- months
Personal data is deleted after {v}.
We delete personal data after {v}.
? After how long is personal data deleted?
? When do you delete personal data?

- place
Badges are collected {v}.
Collect your badge {v}.
? Where do I collect my badge?

- minutes
The lunch break is {v}.
Lunch lasts {v}.
? How long is the lunch break?

- code
The guest Wi-Fi password is {v}.
Guests use the Wi-Fi password {v}.
? What is the guest Wi-Fi password?

- equip
Everyone must wear {v} in the factory.
In the factory, {v} must be worn.
? What must I wear in the factory?

- hour
Check-in starts at {v}.
Guests may check in from {v}.
? At what time does check-in start?
? When may guests check in?

- hour
Orders placed before {v} ship the same day.
We ship the same day orders received by {v}.
? Until what time do orders ship the same day?

- percent
The sales commission is {v}.
Sellers earn a commission of {v}.
? What is the sales commission?
? What commission do sellers earn?

- storage
The maximum attachment size is {v}.
Attachments can have up to {v}.
? What is the maximum attachment size?

- days
Tickets without an answer are closed after {v}.
We close tickets after {v} without an answer.
? When are tickets without an answer closed?

- payment
We accept payment by {v}.
You can pay by {v}.
? What forms of payment are accepted?
? How can I pay?

- weekday
Recycling is collected every {v}.
The recycling truck comes every {v}.
? When is recycling collected?

- years
The warranty covers manufacturing defects for {v}.
Manufacturing defects are covered for {v}.
? For how long does the warranty cover manufacturing defects?
"""

CITIES = """London;Boston;Chicago;Denver;Seattle;Austin;Dublin;Leeds;Bristol;Oxford;Toronto;Sydney;Melbourne;Perth;Auckland;Glasgow;Cardiff;Dallas;Houston;Miami;Phoenix;Portland;San Diego;New York;Los Angeles;Manchester;Liverpool;York;Bath;Berlin;Madrid;Paris;Rome;Vienna;Lisbon;Oslo;Prague;Warsaw;Athens;Cairo;Nairobi;Lagos;Cape Town;Mumbai;Delhi;Tokyo;Osaka;Seoul;Singapore;Lima;Bogota;Quito;Santiago;Montreal;Ottawa;Vancouver""".split(';')
DEPTS = """human resources;purchasing;sales;accounting;billing;technical support;logistics;marketing;legal;finance;technology;quality;maintenance;warehouse;training;customer care;security;collections;export;engineering;projects;audit;cleaning;shipping;communication;travel;production;treasury;payroll;research""".split(';')
PRODUCTS = """notebook;monitor;keyboard;phone;router;projector;network cable;headset;charger;tablet;laser printer;barcode reader;helmet;fire extinguisher;vest;drill;generator;compressor;air filter;water cooler;sofa;cabinet;fan;refrigerator;microwave;stove;mattress;carpet;watch;perfume;soap;roasted coffee;olive oil;red wine;workbook;uniform;running shoe;bicycle;scooter;drone;temperature sensor;solar panel;inverter;circuit breaker;meter;tool kit;toner;thermometer""".split(';')
ROLES = """analyst;manager;technician;salesperson;driver;trainee;office assistant;engineer;programmer;receptionist;supervisor;buyer;accountant;lawyer;nurse;teacher;cashier;cook;designer;consultant;coordinator;director;electrician;welder;doorman;inspector;mechanic;architect;writer""".split(';')
PLANS = """Gold;Silver;Bronze;Basic;Premium;Family;Business;Essential;Complete;Master;Plus;Executive;Individual;Student;Starter;Advanced;Standard;Diamond;Copper;Platinum;Green;Blue""".split(';')
LEAVES = """marriage;mourning;the birth of a child;blood donation;moving house;adoption;illness in the family;military service;an exam;surgery;a medical appointment;a work accident;a court hearing""".split(';')
BENEFITS = """meal allowance;transport allowance;food allowance;childcare allowance;dental plan;life insurance;home office allowance;culture allowance;education grant;fuel allowance;pharmacy plan;pension plan;housing allowance""".split(';')
EXPENSES = """meals;taxis;lodging;fuel;parking;tolls;laundry;internet;office supplies;air tickets;courses;postage;phone calls;gifts;car rental;client lunches;travel insurance""".split(';')
MEALS = """lunch;breakfast;dinner;afternoon snack;executive buffet;night snack""".split(';')
VEHICLES = """blue truck;box truck;white van;director's car;shuttle bus;spare car;refrigerated truck;grey pickup;school van;yellow tractor;tow truck;electric car""".split(';')
COURSES = """work safety;Excel;first aid;leadership;customer service;English;project management;public speaking;consultative sales;defensive driving;data analysis;fire fighting;personal finance;forklift;data protection;writing;negotiation""".split(';')
DOCS = """admission form;inventory report;tax return;inspection report;travel report;audit report;delivery note;import license;warranty form;termination letter;transport manifest;risk assessment;quality report;expense report;ledger;visitor log""".split(';')
EQUIPS = """a helmet and gloves;safety glasses;rubber boots;a notebook and a phone;a backpack and a badge;ear protection;an apron and a mask;a reflective vest;an ergonomic chair;a full uniform;thermal gloves;a company tablet;a welcome kit;a company card;a safety belt""".split(';')
PLACES = """at the reception;in the warehouse;in the north parking lot;at the main gate;in the back store;at gate B;in the pantry cabinet;in the central courtyard;in the safe room;in the basement;next to the canteen;in the workshop;in the central archive;in the square opposite;in shed three;in the laboratory;in the east wing;near the elevator;in the meeting room""".split(';')
VENUES = """central auditorium;City Theater;beach hotel;convention center;sports hall;main hall;city park;staff club;factory yard;art museum;ground floor restaurant;roof terrace""".split(';')
EVENTS = """Quality Week;the End of Year Party;the Sales Meeting;the Innovation Fair;Family Day;the Annual Congress;the Company Run;Safety Week;the Partners Dinner;the Technology Forum;the Talent Show;the National Convention""".split(';')
STATUS = """being packed;awaiting payment;on its way;delivered;cancelled;under review;ready for pickup;returned to sender;held at customs;awaiting stock""".split(';')
PAYMENTS = """card or cash;bank transfer;credit card;check;debit card;digital wallet;card in three installments;invoice;direct debit""".split(';')
WEEKDAYS = """Monday;Tuesday;Wednesday;Thursday;Friday;Saturday;Sunday""".split(';')
MONTHS = """January;February;March;April;May;June;July;August;September;October;November;December""".split(';')
COLORS = """blue;green;red;yellow;black;white;purple;orange;grey;pink;silver;beige;brown;turquoise""".split(';')
FLOORS = """on the ground floor;on the first floor;on the second floor;on the third floor;on the fourth floor;on floor {n};in block B;in block C, room {n};in the annex;in room {n};on the mezzanine;in the north tower, floor {n}""".split(';')
STREETS = """{n} Main Street;{n} Park Avenue;{n} Church Road;{n} Station Road;{n} King Street;{n} Victoria Street;{n} Mill Lane;{n} Bridge Street;{n} {p} Street;{n} {p} Road;{n} {p} Avenue;{n} Elm Street""".split(';')
FIRST = """Alice;Bob;Carol;David;Emma;Frank;Grace;Henry;Jack;Kate;Liam;Mia;Noah;Olivia;Peter;Quinn;Rose;Sam;Tom;Zoe;Adam;Beth;Charles;Diana;Edward;Fiona;George;Hannah;Isaac;Julia;Kevin;Laura;Martin;Nancy;Oscar;Paula;Richard;Susan;Thomas;Ursula;Victor;Wendy;Andrew;Claire;Daniel;Ellen;Gordon;Helen;James;Linda;Michael;Rachel;Steven;Teresa;Walter""".split(';')
LAST = """Smith;Jones;Brown;Clark;Lewis;Young;King;Scott;Green;Baker;Taylor;Walker;Harris;Martin;Cooper;Ward;Turner;Collins;Parker;Bennett;Murphy;Kelly;Foster;Russell;Hughes;Price;Barnes;Fisher;Graham;Palmer;Mills;Hunt;Stone;Webb;Ford;Grant;Dixon;Lane;Bishop;Carter""".split(';')

PREFIX = ['Under the current policy, ', 'Currently, ', 'As a rule, ', 'According to the contract, ', 'Since January, ', 'This year, ', 'By default, ', 'Please note that ', 'Note: ', 'Important: ', 'In general, ', 'From now on, ', 'Under the new rule, ']
SUFFIX = [', except on holidays', ' at no extra cost', ', with the approval of the manager', ', as stated in the contract', ', except in urgent cases', ', under the internal rules', ' after payment is confirmed', ', unless agreed otherwise', ', contractors included', ', counted from the request', ' (subject to change)', ', except on Sundays', ', whatever the reason', ', if available', ', which applies to all offices', ', as decided by the board', ', taxes not included', ', as required by law']
FILLER = """This policy applies to all employees.
If in doubt, ask your manager.
The rules below are reviewed every year.
Failure to comply may lead to a warning.
Please read this document carefully.
This text replaces earlier versions.
This information is confidential.
Other cases are considered individually.
We count on your cooperation.
Amounts may change without notice.
The form is available on the intranet.
Keep your details up to date.
We thank you for your understanding.
Our goal is to offer a good service.
Always keep the receipt.
Do not share information with third parties.
Every exception must be recorded in writing.
Everyone is responsible for following the rules.
See also the other chapters of the manual.
This section sums up the main points.
Before you go on, check the requirements.
National holidays do not count as business days.
The full list is in the annex.
The process is simple and fully digital.
No other condition applies.
All other rules remain the same.
All terms are in business days.
Requests are handled in order of arrival.
Keep this document for later reference.""".split('\n')
TITLES = """Delivery policy;Holiday policy;Employee handbook;Code of conduct;Frequently asked questions;Refund policy;Travel guide;Internal rules;Benefits;Information security;Price list;Service agreement;Customer support;Purchasing procedures;Onboarding guide;Returns and exchanges;Safety rules;Equipment;Product catalog;Internal notice;Meeting minutes;Service desk;Human resources;Contacts;Branches;Agenda;System manual;Monthly report;Plans and prices;Warranty""".split(';')
SECTIONS = """Terms;Amounts;General rules;Contacts;Hours;Exceptions;How to apply;Limits;Owners;Approval;Introduction;Annex A;Final provisions;Required documents;Questions;Chapter 2;Payment;Access;Definitions;Offices;Remarks;Summary;Team;Table 1""".split(';')

ACTORS = """the manager;the board;the ethics committee;the support team;the customer;the supplier;the accounting team;the purchasing team;the warehouse;the front desk;the trainee;the driver;the auditor;the coordinator;the fiscal council;the seller;the secretary;the technician on duty;the user;the supervisor;the carrier;the landlord;the tenant;the insurer;the company doctor;the doorman;the analyst;the cleaning team;the instructor;the candidate;the partner;the treasury;the chief engineer;the ombudsman;the legal team;the kitchen;the teacher;the librarian;the president;the laboratory;the city hall;the bank;the contractor""".split(';')
VERBS = """approves/approve;reviews/review;sends/send;signs/sign;receives/receive;checks/check;files/file;cancels/cancel;requests/request;updates/update;publishes/publish;pays/pay;authorizes/authorize;records/record;prepares/prepare;distributes/distribute;evaluates/evaluate;organizes/organize;delivers/deliver;returns/return;stores/store;prints/print;verifies/verify;issues/issue;corrects/correct;renews/renew;announces/announce;inspects/inspect;negotiates/negotiate;schedules/schedule;installs/install;cleans/clean;replaces/replace;tests/test;transports/transport;sells/sell;buys/buy;monitors/monitor;discards/discard;translates/translate;validates/validate;releases/release;blocks/block""".split(';')
OBJECTS = """the reports;the invoices;the contracts;the bills;the orders;the travel expenses;the badges;the devices;the passwords;the quotes;the proposals;the resumes;the uniforms;the samples;the fire extinguishers;the keys;the receipts;the spreadsheets;the certificates;the licenses;the parcels;the manuals;the records;the policies;the vehicles;the shift plans;the computers;the invitations;the minutes;the waste;the medicines;the books;the fines;the discounts;the tickets;the cameras;the menus;the medical files;the projects;the machines;the payments;the bookings;the leaflets;the filters;the forms;the letters;the findings""".split(';')
OBJ_ADJ = """;;;;every month;for internal use;from last year;of the department;of the branch;of the customers;of the factory;from abroad;for export;of the laboratory;of the visitors;in arrears;of small value;of the council;of the shop;of the store;of third parties""".split(';')
WHENS = """every {w};on day {n} of each month;by day {n} of each month;at {h};before {m};at the end of the month;every {n} days;within {n} hours;twice a year;after lunch;before closing;during the winter;at the start of the semester;every morning;in {m};after {n} days""".split(';')
WHERES = """at the front gate;in shed {n};in room {n};in the {p} system;on the company site;at the {c} branch;in the central archive;in the {p} app;at the {c} office;at counter {n};on the {p} platform;in the back yard;on {p} Street""".split(';')
WHYS = """for safety;because the law requires it;to reduce costs;to avoid fraud;at the customer's request;because of the heat;to comply with rule {n};by order of the board;to speed up delivery;for audit purposes""".split(';')
ASK_WHO = ['Who {v} {o}?', 'Which person or team {v} {o}?']
ASK_WHAT = ['What does {a} {v} {t}?', 'What does {a} {v}?']
ASK_WHEN = ['When does {a} {v} {o}?', 'At what moment does {a} {v} {o}?']
ASK_WHERE = ['Where does {a} {v} {o}?', 'In which place does {a} {v} {o}?']
ASK_WHY = ['Why does {a} {v} {o}?', 'For what reason does {a} {v} {o}?']

ASK = ['What does the text say about {x}?', 'What is known about {x}?', 'What is the rule for {x}?', 'How does {x} work?', 'Tell me about {x}.', '{x}?', 'Which {x}?', 'What do the sources say about {x}?', 'I want to know about {x}', 'When {x}?', 'Who {x}?', 'Where {x}?', 'How much {x}?']
NUMBERED = (['The deadline for {x} is {v}.', 'The limit of {x} is {v}.', 'For {x}, the value is {v}.', '{x}: {v}.', 'The fee for {x} is {v}.', 'In case of {x}, {v} applies.'], ['What is the deadline for {x}?', 'What is the limit of {x}?', 'How much is {x}?', 'How long is the deadline for {x}?', 'What is the fee for {x}?', 'What applies in case of {x}?'])
LINK = 'of for with in on at by without about from to'.split()
DET = 'the a each every this our'.split()
SYSTEM = 'Answer the question using only the sources. Cite the source as [n]. If the sources do not answer, say that you do not know.'
UNKNOWN = 'I do not know: the sources do not answer.'
QUESTION = 'Question: '
GREETINGS = ['Hello', 'Hi', 'Good morning', 'Good afternoon', 'Good evening', 'Hello!', 'Hi!', 'Hi, how are you?', 'Hello, how are you?', 'Hey', 'hello', 'hi', 'Good morning!', 'Greetings', 'Hello there', 'Hi there!', 'Hey there', 'Hello, nano']
GREETING = 'Hello! Ask a question and I will look for the answer in the documents.'
NAMED = (['Hello, my name is {n}', 'Hi, I am {n}', 'Hello, I am {n}.', 'Hi! This is {n}'], 'Hello, {n}! Ask a question and I will look for the answer in the documents.')
THANKS = (['Thank you', 'Thanks', 'Thanks!', 'Thank you very much!', 'Thanks for the help', 'Many thanks'], 'You are welcome!')
WHO = (['Who are you?', 'What are you?', 'What is your name?', 'Are you a robot?', 'Which model are you?', 'Who made you?', 'Are you a person?', 'What do you do?', 'What can you do?', 'Introduce yourself', 'Who am I talking to?', 'Are you an AI?', 'Who are you'], 'I am nano, a very small LLaMA that comes with Billumy. I answer simple questions by copying the sentence of the documents that answers.')

RELATIONS += """
topic term
The deadline for {e} is {v}.
For {e}, the deadline is {v}.
? What is the deadline for {e}?
? How long is the deadline for {e}?

topic count
The limit of {e} is {v}.
The maximum number of {e} is {v}.
? What is the limit of {e}?
? What is the maximum number of {e}?

topic money
The fee for {e} is {v}.
For {e}, we charge {v}.
? How much is {e}?
? What is the fee for {e}?

topic rolewho
The {v} takes care of {e}.
The {v} is responsible for {e}.
? Who takes care of {e}?
? Who is responsible for {e}?

topic place
The {e} is {v}.
Put the {e} {v}.
? Where is the {e}?
? Where do I put the {e}?

topic weekday
The {e} service runs every {v}.
We do {e} every {v}.
? On what day does the {e} service run?
? When do we do {e}?

topic percent
The rate of {e} is {v}.
The discount for {e} is {v}.
? What is the rate of {e}?
? What is the discount for {e}?

topic topic
The requirement for {e} is {v}.
To get {e}, you need {v}.
? What is the requirement for {e}?
? What do I need to get {e}?
"""
del NUMBERED
STOP = set('what which who whom when where how why the a an of for with in on at by to from is are was be do does did i my me you your and or it'.split())
LOWER = set('The A An For In To Every Our We You If At On After Before'.split())
TITLE_ASK = ['According to {t}, {q}', 'In {t}, {q}', 'As stated in {t}, {q}', 'In the document {t}, {q}']
HEADS = 'Branch;Office;Contract;Store;Manual;Rules;Customer;Notice;Plan;Agreement;Guide'.split(';')
INTRO = ['Main points:', 'Summary:', 'The rules are:', 'See the list:', 'Items:', 'Price table:', 'In short:', 'Please note:']

# Rules: what is, must or may be done to things. Third person, base form and participle.
RULE_VERBS = [tuple(x.split()) for x in """approves approve approved;reviews review reviewed;sends send sent;signs sign signed;receives receive received;checks check checked;files file filed;cancels cancel cancelled;requests request requested;updates update updated;publishes publish published;pays pay paid;authorizes authorize authorized;records record recorded;evaluates evaluate evaluated;returns return returned;stores store stored;prints print printed;verifies verify verified;issues issue issued;renews renew renewed;announces announce announced;inspects inspect inspected;installs install installed;replaces replace replaced;tests test tested;sells sell sold;buys buy bought;discards discard discarded;releases release released;blocks block blocked;refunds refund refunded;exchanges exchange exchanged;books book booked;shares share shared;attaches attach attached;cleans clean cleaned;collects collect collected;uses use used;scans scan scanned;reports report reported""".split(';')]
RULE_OBJECTS = OBJECTS + """the purchases;the alcoholic drinks;the items on sale;the international trips;the USB drives;the traffic fines;the gift cards;the damaged items;the extra hours;the days off;the flights;the taxi receipts;the personal phones;the visitors;the fragile parcels;the critical tickets;the user accounts;the customer records;the gifts;the visits;the original documents;the meals;the company cards;the backups;the confidential files;the medical notes;the applications""".split(';')
RULES = [
    ('{O} are {p} by {a}.', ['Who {v} {o}?', 'By whom are {o} {p}?']),
    ('{O} are {p} by {a} {t}.', ['Who {v} {o}?', '{w} are {o} {p}?']),
    ('{O} must be {p} {t}.', ['{w} must I {i} {o}?', '{w} must {o} be {p}?']),
    ('{O} can only be {p} {t}.', ['{w} can I {i} {o}?', '{w} can {o} be {p}?']),
    ('{O} cannot be {p}.', ['Can I {i} {o}?', 'Can {o} be {p}?', 'Is it allowed to {i} {o}?']),
    ('{O} are not {p}.', ['Are {o} {p}?', 'Do you {i} {o}?']),
    ('{O} can be {p} {t}.', ['{w} can {o} be {p}?', 'Can I {i} {o}?', '{w} can I {i} {o}?']),
    ('It is forbidden to {i} {o} {t}.', ['Is it allowed to {i} {o}?', 'Can I {i} {o}?']),
    ('You must {i} {o} {t}.', ['Must I {i} {o}?', '{w} must I {i} {o}?']),
    ('{O} need the approval of {a}.', ['Who approves {o}?', 'Whose approval do {o} need?']),
    ('{O} above {m} are {p} by {a}.', ['Who {v} {o} above {m}?', 'What happens to {o} above {m}?']),
    ('{O} above {m} must be {p} {t}.', ['{w} must I {i} {o} above {m}?', 'What do I do with {o} above {m}?']),
    ('In case of {x}, tell {a} {t}.', ['What do I do in case of {x}?', 'Whom do I tell in case of {x}?']),
    ('In case of {x}, call {a}.', ['What do I do in case of {x}?', 'Whom do I call in case of {x}?']),
    ('After {n} cases of {x}, {a} {v} {o}.', ['What happens after {n} cases of {x}?', 'Who {v} {o}?']),
    ('If you lose {o}, tell {a} {t}.', ['What do I do if I lose {o}?', 'Whom do I tell if I lose {o}?', 'What if I lose {o}?']),
    ('To {i} {o}, use the {s} system.', ['How do I {i} {o}?', 'Which system do I use to {i} {o}?']),
    ('To {i} {o}, fill in form {c}.', ['How do I {i} {o}?', 'Which form do I fill in to {i} {o}?']),
    ('{X} expires in {d}.', ['When does {x} expire?', 'In how long does {x} expire?']),
    ('{X}: {k}.', ['How much is {x}?', 'What is {x}?', '{x}?', 'What is the {x}?']),
    ('The limit of {x} is {m} {h} and {m2} elsewhere.', ['What is the limit of {x}?']),
    ('Purchases of {x} above {m} get a discount of {k}.', ['What is the discount for purchases of {x} above {m}?', 'What discount do purchases of {x} get?']),
]
ASKING = {'when': 'When', 'where': 'Where', 'why': 'Why'}
INCIDENTS = """loss or theft;fire;an accident;a late delivery;a power cut;a leak;a wrong payment;illness;a broken product;a wrong charge;a system failure;a forgotten password;a stolen laptop;doubt about the contract;missing stock;lost luggage;a change of address;failed attempts;unexcused absence;an anonymous report""".split(';')
THINGS = """meal allowance;transport allowance;life insurance;health plan;dental plan;express shipping;delivery fee;hotel rate;monthly fee;enrollment fee;the bill;the invoice;the license;extended warranty;the certificate;the member card;the business card;annual fee;overtime;the temporary password;the lease;the policy;the passport;the digital signature;executive lunch;parking;hall rental""".split(';')
